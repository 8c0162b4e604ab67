//! A signature as strokes, independent of the glass it was drawn on.

use std::fmt::Write;

/// One line drawn without lifting: points from 0 to 1000 across and 0 to 400 down.
pub type Stroke = Vec<(u16, u16)>;

/// The width of the drawing ground.
pub const WIDTH: u16 = 1000;
/// The height of the drawing ground.
pub const HEIGHT: u16 = 400;

/// Points closer than this to the last one are dropped: they show nothing and fill the record.
const NEAR: u16 = 4;

/// Returns the stroke as SVG path data; a touch becomes a dot.
pub fn stroke_path(stroke: &[(u16, u16)]) -> String {
    let mut path = String::new();
    for (place, (x, y)) in stroke.iter().enumerate() {
        let command = if place == 0 { 'M' } else { 'L' };
        // Writing to a string cannot fail.
        let _ = write!(path, "{command}{x} {y}");
    }
    if let [(x, y)] = stroke {
        let _ = write!(path, "L{} {y}", x.saturating_add(1));
    }
    path
}

/// Places a point of the glass, given as shares of its width and height, on the drawing ground.
pub fn place(across: f64, down: f64) -> (u16, u16) {
    let on = |share: f64, size: u16| (share.clamp(0.0, 1.0) * f64::from(size)).round() as u16;
    (on(across, WIDTH), on(down, HEIGHT))
}

/// Adds a point to the stroke unless it is too near the last one.
pub fn extend(stroke: &mut Stroke, point: (u16, u16)) {
    let near =
        stroke.last().is_some_and(|last| last.0.abs_diff(point.0).max(last.1.abs_diff(point.1)) < NEAR);
    if !near {
        stroke.push(point);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stroke_becomes_a_path_and_a_touch_a_dot() {
        assert_eq!(stroke_path(&[(1, 2), (30, 40)]), "M1 2L30 40");
        assert_eq!(stroke_path(&[(5, 5)]), "M5 5L6 5");
        assert_eq!(stroke_path(&[]), "");
    }

    #[test]
    fn points_outside_the_glass_are_held_at_its_edge() {
        assert_eq!(place(-0.2, 0.5), (0, 200));
        assert_eq!(place(1.5, f64::NAN), (1000, 0));
    }

    #[test]
    fn points_too_near_the_last_are_dropped() {
        let mut stroke = vec![(10, 10)];
        extend(&mut stroke, (12, 11));
        extend(&mut stroke, (20, 10));
        assert_eq!(stroke, [(10, 10), (20, 10)]);
    }
}
