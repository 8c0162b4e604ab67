//! One connection: two queues of frames, and two ends that notice each on their own when the other is gone.

use super::dice::Dice;
use super::report::Report;
use std::collections::VecDeque;

/// What goes wrong and how often: in a thousand steps, or in a thousand frames. It is drawn from the seed, each part for itself, so that some
/// worlds are quiet, some cruel, and some cruel in one way only.
#[derive(Debug, Clone, Copy, Default)]
pub struct Weather {
    pub cut: usize,
    pub kill_device: usize,
    pub kill_server: usize,
    pub part: usize,
    pub drop: usize,
    pub double: usize,
    pub swap: usize,
}

impl Weather {
    pub fn draw(dice: &mut Dice) -> Self {
        let mut up_to = |most| if dice.percent(35) { 0 } else { 1 + dice.below(most) };
        Self {
            cut: up_to(25),
            kill_device: up_to(20),
            kill_server: up_to(15),
            part: up_to(10),
            drop: up_to(50),
            double: up_to(100),
            swap: up_to(200),
        }
    }
}

pub struct Wire {
    pub device: usize,
    pub up: VecDeque<Vec<u8>>,
    pub down: VecDeque<Vec<u8>>,
    /// Whether the device still holds its end.
    pub device_end: bool,
    /// Whether the server still holds its end.
    pub server_end: bool,
}

impl Wire {
    pub fn new(device: usize) -> Self {
        Self { device, up: VecDeque::new(), down: VecDeque::new(), device_end: true, server_end: true }
    }

    /// Lets the device's end go; some of what it sent may still arrive.
    pub fn leave(&mut self, dice: &mut Dice, report: &mut Report) {
        self.device_end = false;
        report.lost += self.down.len() + dice.cut(&mut self.up);
        self.down.clear();
    }

    /// Lets the server's end go; some of what it sent may still arrive.
    pub fn hang_up(&mut self, dice: &mut Dice, report: &mut Report) {
        self.server_end = false;
        report.lost += self.up.len() + dice.cut(&mut self.down);
        self.up.clear();
    }

    /// Whether anything is left to arrive, if only the news that the other end is gone.
    pub fn is_live(&self, up: bool) -> bool {
        if up {
            self.server_end && !(self.up.is_empty() && self.device_end)
        } else {
            self.device_end && !(self.down.is_empty() && self.server_end)
        }
    }

    /// Takes the next frame that arrives, if one does.
    pub fn next(
        &mut self,
        up: bool,
        weather: Weather,
        dice: &mut Dice,
        report: &mut Report,
    ) -> Option<Vec<u8>> {
        let queue = if up { &mut self.up } else { &mut self.down };
        if queue.len() > 1 && dice.mille(weather.swap) {
            let (a, b) = (dice.below(queue.len()), dice.below(queue.len()));
            queue.swap(a, b);
            report.swapped += usize::from(a != b);
        }
        let frame = queue.pop_front()?;
        if dice.mille(weather.drop) {
            report.lost += 1;
            return None;
        }
        if dice.mille(weather.double) {
            report.doubled += 1;
            queue.push_front(frame.clone());
        }
        report.frames += 1;
        Some(frame)
    }
}
