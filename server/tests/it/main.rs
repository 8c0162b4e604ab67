//! The server over real sockets, in this process.

mod access;
mod accounts;
mod durability;
mod pages;
mod support;
