//! Service packages, contracts, and what of them is owed, given and left.

pub mod contract;
pub mod fulfilment;
pub mod package;
pub mod signing;
pub mod state;
pub mod templates;

pub use contract::{Contract, PackageRef, Service, SigningPlace, Termination};
pub use fulfilment::{Fulfilment, ItemFulfilment, Window, WindowState, fulfilment};
pub use package::{Cadence, Package, PackageItem, Payer, Population, ServiceKind, Share};
pub use signing::{Proposal, SigningProblem, sign};
pub use state::{ContractState, Standing, standing, state};
pub use templates::package_templates;
