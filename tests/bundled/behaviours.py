"""What each behaviour may point to, written down before the rules: the table that `diagnosis` is held to.

A line is `behaviour: general causes in order | industries: causes asked first there`. The four added causes
(acceptance, watchdog, daily management, expenses) stand where the table puts them: first, or after the others.
"""

from __future__ import annotations

TABLE = """
resist_investigation: supervision.party_responsibility supervision.education_formal | supply_coop soe: power.collective_bypass supervision.finance_lax | village: supervision.cash_bill
policy_diluted: institution.not_enforced supervision.party_responsibility institution.accountability | agriculture: supervision.industry_vacuum | water_env: supervision.rectification_fake | finance: institution.fund_rules
vanity_project: institution.decision_rules power.collective_bypass power.top_leader | agriculture village: institution.fund_rules | construction: power.project_intervention | soe: institution.contract_rules | general: supervision.finance_lax
not_reporting_upward: institution.decision_rules supervision.subordinate_blind | supply_coop soe: supervision.subordinate_blind institution.vague
one_man_decision: institution.decision_rules power.collective_bypass power.top_leader | supply_coop soe: institution.asset_rules | village: supervision.grassroots_power | health education: institution.procurement_rules | village supply_coop soe: supervision.watchdog_weak
personal_matters_concealed: power.conflict_interest supervision.party_responsibility | construction natural_resources soe: power.project_intervention
irregular_appointment: institution.personnel_rules power.top_leader institution.decision_rules | health education: supervision.disclosure_lacking | supply_coop soe: power.conflict_interest | village: supervision.eligibility_check supervision.grassroots_power
rigged_election: supervision.grassroots_power supervision.party_responsibility | supply_coop: power.top_leader
retaliation: supervision.complaint_unused supervision.party_responsibility | village: supervision.grassroots_power | political_legal: power.case_intervention
gifts_accepted: power.risk_unidentified power.rent_seeking supervision.education_formal | health: institution.procurement_rules | education: institution.procurement_rules | market_admin: power.discretion
banquets_accepted: power.rent_seeking power.risk_unidentified supervision.education_formal | construction transport: power.project_intervention | market_admin: power.discretion | general: supervision.party_responsibility
borrowing_from_managed: power.conflict_interest power.rent_seeking | political_legal: power.case_intervention | finance: power.approval_single
running_business: power.conflict_interest supervision.party_responsibility | political_legal: power.case_intervention | natural_resources: supervision.industry_vacuum | health: institution.procurement_rules
benefit_for_relatives: power.conflict_interest institution.procurement_rules supervision.education_formal | construction transport water_env: power.project_intervention | village: institution.asset_rules supervision.disclosure_lacking | soe: institution.contract_rules
public_money_dining_travel: supervision.conduct_expenses supervision.finance_lax supervision.cash_bill institution.internal_control | supply_coop soe: supervision.subordinate_blind | village: supervision.grassroots_power | education: supervision.off_book
unlawful_allowances: supervision.conduct_expenses institution.personnel_rules supervision.finance_lax supervision.off_book | supply_coop soe: institution.decision_rules | health education: institution.vague | village: supervision.grassroots_power
official_car_misuse: supervision.conduct_expenses institution.internal_control supervision.finance_lax institution.not_enforced | political_legal general: power.risk_unidentified | supply_coop soe: supervision.subordinate_blind
lavish_ceremony: supervision.daily_management supervision.education_formal supervision.party_responsibility | village: supervision.grassroots_power
public_property_occupied: institution.asset_rules institution.internal_control institution.absent | supply_coop: supervision.subordinate_blind | health education: institution.internal_control | village: supervision.grassroots_power
unlawful_fees: supervision.disclosure_lacking institution.outdated supervision.finance_lax | education: supervision.industry_vacuum | health: institution.vague | market_admin: supervision.industry_vacuum | village: supervision.grassroots_power | association: supervision.industry_vacuum
extorting_convenience: power.rent_seeking power.approval_single power.boundary_unclear | finance: institution.fund_rules | construction natural_resources: power.discretion | transport: power.no_rotation | civil_affairs: supervision.eligibility_check
favouring_relatives: supervision.eligibility_check supervision.disclosure_lacking institution.fund_rules | civil_affairs: supervision.data_silos | village: supervision.grassroots_power | construction: supervision.data_silos | education: supervision.disclosure_lacking
subsidy_withheld: institution.fund_rules supervision.cash_bill supervision.disclosure_lacking | agriculture: supervision.data_silos | water_env: supervision.audit_absent | education: supervision.finance_lax | civil_affairs: supervision.eligibility_check
affairs_not_disclosed: supervision.disclosure_lacking institution.not_enforced supervision.grassroots_power supervision.watchdog_weak | supply_coop soe: power.collective_bypass | health: institution.procurement_rules
complaints_ignored: supervision.complaint_unused power.boundary_unclear institution.accountability | construction: supervision.industry_vacuum | market_admin: power.discretion | general: supervision.rectification_fake
clan_or_gang_shelter: power.case_intervention supervision.grassroots_power supervision.complaint_unused | political_legal: power.discretion | natural_resources water_env: supervision.industry_vacuum
duty_neglected: power.boundary_unclear institution.accountability supervision.party_responsibility | supply_coop soe: supervision.subordinate_blind | finance: supervision.finance_lax
safety_duty_neglected: supervision.industry_vacuum institution.not_enforced institution.accountability supervision.acceptance_lax | health: institution.outdated | market_admin: supervision.data_silos | education: institution.procurement_rules | construction transport: supervision.rectification_fake
sham_rectification: supervision.rectification_fake institution.accountability supervision.acceptance_lax | water_env: supervision.industry_vacuum | supply_coop soe: supervision.audit_absent
falsified_data: supervision.data_silos supervision.third_party | water_env: supervision.industry_vacuum | transport: power.incompatible_posts | agriculture: supervision.eligibility_check | health: institution.fund_rules
project_meddling: power.project_intervention power.top_leader institution.procurement_rules | construction transport water_env: power.change_settlement | natural_resources: power.discretion | supply_coop: institution.asset_rules
case_meddling: power.case_intervention supervision.party_responsibility | political_legal: institution.not_enforced | natural_resources transport market_admin: power.discretion
work_secret_leaked: power.risk_unidentified institution.procurement_rules institution.internal_control | political_legal: power.case_intervention | health: supervision.data_silos | construction finance: power.project_intervention
arbitrary_enforcement: power.discretion power.rent_seeking institution.vague | transport: power.no_rotation | political_legal: power.case_intervention | water_env: supervision.industry_vacuum
excessive_inspection: power.discretion power.boundary_unclear | transport market_admin water_env: institution.vague | finance: institution.decision_rules
irregular_approval: power.approval_single power.discretion power.boundary_unclear | natural_resources: supervision.industry_vacuum | construction: institution.decision_rules | finance: power.incompatible_posts | market_admin: power.rent_seeking
sham_acceptance: supervision.acceptance_lax power.incompatible_posts institution.not_enforced institution.procurement_rules | construction transport water_env: power.change_settlement | agriculture: institution.fund_rules
absent_or_ghost_payroll: institution.personnel_rules institution.not_enforced | health education: supervision.data_silos | supply_coop soe: supervision.subordinate_blind | village: supervision.eligibility_check
family_undisciplined: supervision.education_formal power.conflict_interest | construction soe: power.project_intervention
private_life_misconduct: supervision.daily_management supervision.education_formal
drunk_driving: supervision.daily_management
gambling_or_vice: supervision.daily_management supervision.education_formal
embezzlement: power.incompatible_posts supervision.finance_lax institution.internal_control | health education: supervision.off_book | finance: power.no_rotation | civil_affairs: supervision.cash_bill | supply_coop: supervision.subordinate_blind
fund_diversion: power.incompatible_posts supervision.finance_lax supervision.audit_absent | finance: institution.fund_rules | village: supervision.grassroots_power | civil_affairs: institution.fund_rules | soe: institution.contract_rules
bribe_taking: power.rent_seeking power.discretion power.approval_single | health: institution.procurement_rules power.no_rotation | supply_coop: power.top_leader institution.contract_rules | construction: power.project_intervention | soe: power.collective_bypass
collective_sharing: supervision.off_book power.collective_bypass supervision.finance_lax | health: institution.procurement_rules | supply_coop soe: supervision.audit_absent
slush_fund: supervision.off_book supervision.cash_bill supervision.finance_lax supervision.watchdog_weak | supply_coop soe: supervision.subordinate_blind | village: supervision.audit_absent | political_legal market_admin: institution.internal_control
cash_mishandled: supervision.cash_bill supervision.finance_lax power.incompatible_posts | village: supervision.grassroots_power | health education: institution.internal_control | supply_coop: institution.contract_rules
false_claims: institution.fund_rules supervision.eligibility_check supervision.data_silos | supply_coop: supervision.industry_vacuum | village: supervision.grassroots_power
insurance_fraud: supervision.data_silos supervision.eligibility_check supervision.industry_vacuum | health: institution.internal_control | civil_affairs: institution.fund_rules | human_resources: institution.fund_rules
bid_rigging: institution.procurement_rules power.project_intervention supervision.industry_vacuum | construction transport water_env: power.change_settlement | village: supervision.grassroots_power institution.decision_rules | health education: power.risk_unidentified | general: institution.absent
settlement_inflated: power.change_settlement institution.contract_rules power.incompatible_posts supervision.acceptance_lax | construction transport water_env: supervision.audit_absent | supply_coop: power.approval_single | education: supervision.finance_lax | village: supervision.grassroots_power
illegal_subcontract: institution.contract_rules supervision.industry_vacuum | transport water_env: power.change_settlement | supply_coop: supervision.subordinate_blind
underpriced_disposal: institution.asset_rules institution.contract_rules power.collective_bypass | supply_coop: supervision.subordinate_blind institution.outdated | soe: institution.decision_rules | village: supervision.disclosure_lacking supervision.grassroots_power | natural_resources: power.discretion
collective_assets_seized: supervision.grassroots_power supervision.cash_bill supervision.audit_absent supervision.watchdog_weak | village: institution.asset_rules supervision.disclosure_lacking | agriculture: institution.fund_rules
reckless_guarantee_loan: institution.decision_rules power.collective_bypass supervision.subordinate_blind | supply_coop: power.top_leader | finance: power.approval_single power.incompatible_posts | soe: institution.contract_rules
related_party_dealing: power.conflict_interest institution.contract_rules supervision.subordinate_blind | supply_coop soe: supervision.audit_absent | health education: institution.procurement_rules
compensation_fraud: supervision.eligibility_check institution.fund_rules supervision.data_silos | construction: power.incompatible_posts | water_env: supervision.audit_absent | village: supervision.grassroots_power | natural_resources: power.discretion
justice_bent: power.case_intervention power.discretion power.approval_single | political_legal: institution.not_enforced | natural_resources market_admin: supervision.industry_vacuum
seized_goods_mishandled: institution.internal_control power.incompatible_posts supervision.audit_absent | political_legal: supervision.off_book | transport market_admin: institution.vague
forged_seals_vouchers: supervision.seals_keys supervision.finance_lax
irregular_rehiring: institution.personnel_rules supervision.auxiliary_staff
stock_loss_inflated: institution.stock_loss supervision.audit_absent | grain: power.incompatible_posts
service_provider_named: institution.procurement_rules supervision.third_party
eligible_left_out: supervision.eligibility_check supervision.data_silos
inspectors_entertained: supervision.conduct_expenses supervision.party_responsibility
tip_off_release: power.enforcement_trace supervision.auxiliary_staff | city_enforcement: power.discretion
"""

LAST = {"bribe_taking"}
"""Behaviours whose general causes are asked only where neither the sector nor the post says anything nearer."""

WITHOUT_PATTERNS = {
    *("forestry", "culture", "university", "emergency", "ethnic_religious", "veterans", "development_zone"),
}
"""Sectors of which no usual behaviours were found: there the general causes alone are asked."""


def read() -> dict[str, tuple[list[str], dict[str, list[str]]]]:
    """For each behaviour: its general causes, and by industry those asked first."""
    table = {}
    for line in TABLE.strip().splitlines():
        behaviour, _, rest = line.partition(": ")
        general, *notes = rest.split(" | ")
        first: dict[str, list[str]] = {}
        for note in notes:
            industries, causes = note.split(": ")
            for industry in industries.split():
                first.setdefault(industry, []).extend(causes.split())
        table[behaviour] = (general.split(), first)
    return table
