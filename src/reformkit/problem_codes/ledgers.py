"""The problems of a ledger's store (52x opening and writing, 53x its files, 54x what `verify` finds)."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning

LEDGERS: dict[str, Code] = {
    "RK520": error(
        "“{url}”不是台账的地址：{why}",
        "`{url}` is not the address of a ledger: {why}",
        "写成 sqlite:///台账.ledger（单个文件）或 postgresql+psycopg://账号@主机/库名",
        "write sqlite:///name.ledger for one file, or postgresql+psycopg://user@host/database",
    ),
    "RK521": error(
        "“{path}”不是台账，没有改动它：{why}",
        "`{path}` is no ledger and was left as it is: {why}",
        "核对路径，写台账文件的名称",
        "check the path, and name the file of the ledger",
    ),
    "RK522": error(
        "找不到台账“{path}”",
        "there is no ledger at `{path}`",
        "核对路径；新台账在第一次立项或者转入时建立",
        "check the path; a ledger is made when its first item is opened or taken over",
    ),
    "RK523": error(
        "台账的结构是第 {found} 版，本程序只认识到第 {known} 版",
        "the ledger has schema {found}, and this reformkit knows schemas up to {known}",
        "用写过它的或更新的 reformkit 打开；不要降级使用",
        "open it with the reformkit that wrote it, or a newer one",
    ),
    "RK524": error(
        "台账正被占用，等了 {wait} 秒仍未轮到：{what}",
        "the ledger is in use, and its turn did not come within {wait} seconds: {what}",
        "稍后重试，编号（id）不变就不会重复记录；长时间如此的，查看哪个程序开着台账没有关",
        "try again later with the same id, which cannot write it twice; if it lasts, see which program holds the ledger",
    ),
    "RK525": error(
        "事项 {item} 在您查看之后又有了新的记录：看到第 {seen} 条，现有 {now} 条",
        "the item {item} has moved since you looked: you saw {seen} acts, it has {now}",
        "重新查看事项，确认仍要这样办理后再提交",
        "look at the item again, and do it once more if it still stands",
    ),
    "RK526": error(
        "编号（id）“{id}”已用于另一条记录（台账第 {seq} 号，事项 {item}），内容与这次不同",
        "the id `{id}` stands for another act already (number {seq} of the ledger, item {item}), which says otherwise",
        "另一件事用新的编号；重试同一件事的，内容须与第一次相同",
        "use a new id for a new act; a retry must ask for the same as the first time",
    ),
    "RK527": error(
        "这一条不能写入台账：“{where}”{what}",
        "this cannot be written to the ledger: `{where}` {what}",
        "改正这一项",
        "mend it there",
    ),
    "RK528": error(
        "时钟倒退：现在是 {now}，而台账最后一条写于 {last}",
        "the clock went back: it is {now}, and the last act was written at {last}",
        "校准本机时间和时区后重试；台账的时间若曾超前，等到那个时刻之后再写",
        "set this machine's time and zone and try again; if the last act came from a fast clock, wait until it has passed",
    ),
    "RK529": error(
        "{series} 第 {number} 号已被占用：台账第 {seq} 号，事项 {item}",
        "number {number} of {series} is taken: by act {seq} of the ledger, item {item}",
        "改用下一个号；发错的号应作废，作废的号不再使用",
        "take the next number; a number issued in error is voided and stays used",
    ),
    "RK530": error(
        "磁盘已满，没有写入：{what}",
        "the disk is full, and nothing was written: {what}",
        "腾出空间后用同一编号（id）重试",
        "make room and try again with the same id",
    ),
    "RK531": error(
        "台账只能读，不能写：{what}",
        "the ledger can be read and not be written: {what}",
        "以可写方式打开，并核对文件和文件夹的写入权限",
        "open it for writing, and check the permissions of the file and its folder",
    ),
    "RK532": error(
        "台账读写失败：{what}",
        "the ledger cannot be read or written: {what}",
        "核对数据库是否在运行、网络和权限；写入时如此的，用同一编号（id）重试，不会重复记录",
        "check that the database runs, the network and permissions; a write may be tried again with the same id, "
        "which cannot write it twice",
    ),
    "RK533": error(
        "台账文件已损坏：{what}",
        "the file of the ledger is damaged: {what}",
        "从备份恢复，或用导出的 .jsonl 恢复为新台账",
        "restore it from a copy, or restore an exported .jsonl as a new ledger",
    ),
    "RK534": error(
        "不能恢复到“{path}”：那里已有 {seq} 条记录",
        "nothing can be restored to `{path}`: it holds {seq} acts",
        "恢复到新的地址",
        "restore to a new address",
    ),
    "RK535": error(
        "“{name}”不能存为佐证：{why}",
        "`{name}` cannot be kept as evidence: {why}",
        "{fix}",
        "{fix}",
    ),
    "RK536": error(
        "找不到文件 {sha256}（{named}）",
        "the file {sha256} is missing ({named})",
        "从备份找回原件，存回“{folder}”；内容相同的文件重新提交一次也可",
        "bring the file back from a copy into `{folder}`; handing in the same file once more does it too",
    ),
    "RK537": error(
        "文件 {sha256} 的内容已变（{named}）",
        "the file {sha256} is not what it was ({named})",
        "从备份找回原件，存回“{folder}”；现有的这一份不能作为佐证",
        "bring the file back from a copy into `{folder}`; what lies there now proves nothing",
    ),
    "RK538": error(
        "没有指定存放佐证和已发文书的文件夹",
        "no folder was named in which evidence and issued letters are kept",
        "台账在 PostgreSQL 中的，打开时写明文件夹（folder=）",
        "name one when opening a ledger on PostgreSQL (folder=)",
    ),
    "RK540": error(
        "缺少第 {first} 号至第 {last} 号记录",
        "acts {first} to {last} are missing",
        "与打印的调度表和导出文件核对，从备份恢复",
        "compare with the printed sheets and exports, and restore from a copy",
    ),
    "RK541": error(
        "第 {seq} 号记录不是当初写入的样子：校验码不符",
        "act {seq} is not as it was written: its hash does not match",
        "与打印的调度表和导出文件核对，从备份恢复",
        "compare with the printed sheets and exports, and restore from a copy",
    ),
    "RK542": error(
        "第 {seq} 号记录不合格式：{why}",
        "act {seq} is not as the store writes them: {why}",
        "与打印的调度表和导出文件核对，从备份恢复",
        "compare with the printed sheets and exports, and restore from a copy",
    ),
    "RK543": error(
        "台账末尾不符：登记为第 {said} 号，实有到第 {found} 号{why}",
        "the ledger's end does not match: it says act {said}, and the acts end with {found}{why}",
        "末尾可能被截去；与打印的调度表和导出文件核对，从备份恢复",
        "its tail may have been cut off; compare with the printed sheets and exports, and restore from a copy",
    ),
    "RK544": error(
        "第 {seq} 号与打印的校验码 {anchor} 不符：{why}",
        "act {seq} does not match the printed anchor {anchor}: {why}",
        "台账在打印之后被改写或截短；以打印的调度表和当时的备份为准",
        "the ledger was rewritten or cut after the sheet was printed; what counts is the sheet and the copies of that time",
    ),
    "RK545": error(
        "“{anchor}”不是校验码",
        "`{anchor}` is not an anchor",
        "照调度表末尾抄写，如 12:5508d2b710e64bc4",
        "copy it from the end of the sheet, as 12:5508d2b710e64bc4",
    ),
    "RK546": warning(
        "台账缺少防改动的触发器 {name}",
        "the trigger {name}, which keeps the ledger from being changed, is not there",
        "查明何人何时动过数据库；导出后恢复为新台账，触发器即重新建立",
        "find out who touched the database; exporting it and restoring the export makes a ledger with all its triggers",
    ),
    "RK547": error(
        "文件登记与记录不符：{sha256}，第 {seq} 号记录",
        "the list of files does not match the acts: {sha256}, act {seq}",
        "导出后恢复为新台账，文件登记即按记录重建",
        "exporting the ledger and restoring the export makes the list again from the acts",
    ),
    "RK548": error(
        "“{path}”不是导出的台账：{why}",
        "`{path}` is no exported ledger: {why}",
        "使用 reformkit ledger export 写出的 .jsonl 文件",
        "use a .jsonl file that `reformkit ledger export` wrote",
    ),
    "RK549": error(
        "还有 {more} 处问题没有列出",
        "there are {more} more problems that are not listed",
        "先处理已列出的，再核验一次",
        "see to those that are listed and verify again",
    ),
}
