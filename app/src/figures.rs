//! The figures by which a device behaves that holds records: `data/device.toml`.

include!(concat!(env!("OUT_DIR"), "/device.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_minutes_are_among_the_choices() {
        assert!(IDLE_MINUTES.contains(&IDLE_USUAL));
    }

    #[test]
    fn the_end_of_a_lease_is_said_before_it_comes() {
        const { assert!(LEASE_NOTICE < LEASE_DAYS && PIN_WAIT < PIN_LONGEST) };
    }
}
