//! Staff, teams and institutions.

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Institution {
    /// The id.
    pub id: InstitutionId,
    /// The name.
    pub name: String,
    /// The tier.
    #[serde(default)]
    pub tier: Tier,
    /// The institution above.
    #[serde(default)]
    pub parent: Option<InstitutionId>,
    /// Whether work here counts as remote.
    #[serde(default)]
    pub remote: bool,
}

/// A family doctor team.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Team {
    /// The id.
    pub id: TeamId,
    /// The name.
    pub name: String,
    /// The institution it belongs to.
    pub institution: InstitutionId,
    /// The team lead.
    #[serde(default)]
    pub lead: Option<StaffId>,
    /// The telephone number residents call.
    #[serde(default)]
    pub phone: Option<String>,
    /// The villages it serves.
    #[serde(default)]
    pub villages: Vec<String>,
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Staff {
    /// The account name.
    pub id: StaffId,
    /// The name.
    pub name: String,
    /// The role.
    #[serde(default)]
    pub role: Role,
    /// The employing institution.
    #[serde(default)]
    pub institution: InstitutionId,
    /// The team.
    #[serde(default)]
    pub team: Option<TeamId>,
    /// The telephone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// Whether the specialty is short in the county.
    #[serde(default)]
    pub shortage: bool,
}
