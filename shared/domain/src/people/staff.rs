//! Staff, teams and institutions.

use serde::Serialize;

use crate::base::{InstitutionId, StaffId, TeamId};

crate::open_enum! {
    /// What an account may be.
    #[allow(missing_docs, reason = "the names say it")]
    pub enum Role {
        Resident = "resident",
        VillageDoctor = "village_doctor",
        FamilyDoctor = "family_doctor",
        Nurse = "nurse",
        PublicHealth = "public_health",
        Expert = "expert",
        Pharmacist = "pharmacist",
        InstitutionManager = "institution_manager",
        ConsortiumManager = "consortium_manager",
        InsuranceOfficer = "insurance_officer",
        Auditor = "auditor",
        Administrator = "administrator",
    }
}

crate::open_enum! {
    /// The tier of an institution.
    #[allow(missing_docs, reason = "the names say it")]
    pub enum Tier {
        VillageClinic = "village_clinic",
        TownshipHealthCentre = "township_health_centre",
        CountyHospital = "county_hospital",
        MunicipalHospital = "municipal_hospital",
        ProvincialHospital = "provincial_hospital",
    }
}

/// An institution of the consortium.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Institution {
    /// The id.
    pub id: InstitutionId,
    /// The name.
    pub name: String,
    /// The tier.
    pub tier: Tier,
    /// The institution above.
    pub parent: Option<InstitutionId>,
    /// Whether work here counts as remote.
    pub remote: bool,
}

crate::read_by_field! { Institution { id, name, tier, parent, remote } needing { id, name } }

/// A family doctor team.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Team {
    /// The id.
    pub id: TeamId,
    /// The name.
    pub name: String,
    /// The institution it belongs to.
    pub institution: InstitutionId,
    /// The team lead.
    pub lead: Option<StaffId>,
    /// The telephone number residents call.
    pub phone: Option<String>,
    /// The villages it serves.
    pub villages: Vec<String>,
}

crate::read_by_field! {
    Team {
        id, name, institution, lead, phone, villages
    } needing {
        id, name, institution
    }
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Staff {
    /// The account name.
    pub id: StaffId,
    /// The name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The employing institution.
    pub institution: InstitutionId,
    /// The team.
    pub team: Option<TeamId>,
    /// The telephone number.
    pub phone: Option<String>,
    /// Whether the specialty is short in the county.
    pub shortage: bool,
}

crate::read_by_field! { Staff { id, name, role, institution, team, phone, shortage } needing { id, name } }
