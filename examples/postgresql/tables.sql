-- Purchases as an office keeps them, and the signal `alike` of examples/procurement, counted where they lie.
create table purchases (
    id           text primary key,
    unit         text,
    kind         text check (kind in ('goods', 'works', 'services')),
    amount       numeric(12, 2),
    urgent       boolean,
    requested_on date
);

create index purchases_alike on purchases (unit, kind, requested_on);

-- How the signal is counted: the purchase itself and the others of its unit and kind in the 30 days up to its own.
-- A purchase that lacks one of these three leaves its count unknown (null), and so does nothing about the others.
create view purchases_with_signals as
select p.*,
       case when p.unit is not null and p.kind is not null and p.requested_on is not null then
           (select count(*)
              from purchases o
             where o.unit = p.unit and o.kind = p.kind
               and o.requested_on > p.requested_on - 30 and o.requested_on <= p.requested_on)
       end as alike
  from purchases p;
