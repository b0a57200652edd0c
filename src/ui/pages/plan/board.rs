//! The drawing board: pointer and keys of the browser turned into strokes.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use web_sys::Element;
use yew::prelude::*;

use super::edit::{Change, Editor, Stroke, shifted, turned, without};
use crate::plan::{Plan, Point};
use crate::ui::session::Action;

/// What the handlers of the board share.
#[derive(Clone)]
pub struct Board {
    pub plan: Arc<Plan>,
    pub editor: Rc<RefCell<Editor>>,
    pub dispatch: Callback<Action>,
    pub refresh: Callback<()>,
    pub frame: NodeRef,
    pub svg: NodeRef,
    /// Where the pointer was, in pixels of the window.
    pub last: Rc<RefCell<(i32, i32)>>,
}

impl Board {
    pub fn change(&self, change: impl FnOnce(&mut Editor)) {
        change(&mut self.editor.borrow_mut());
        self.refresh.emit(());
    }

    pub fn take(&self, change: Change) {
        self.dispatch
            .emit(Action::SetPlan(Box::new(change.plan), change.camera));
    }

    /// Where on the plan an event is, and what the pointer covers there.
    fn place(&self, event: &PointerEvent) -> Option<(Point, f64)> {
        let place = self.svg.cast::<Element>()?.get_bounding_client_rect();
        let units = self.plan.width / place.width().max(1.0);
        let x = (f64::from(event.client_x()) - place.left()) * units;
        let y = (f64::from(event.client_y()) - place.top()) * units;
        let radius = if event.pointer_type() == "touch" { 22.0 } else { 12.0 };
        Some((
            Point::new(x.clamp(0.0, self.plan.width), y.clamp(0.0, self.plan.height)),
            radius * units,
        ))
    }

    pub fn onpress(&self) -> Callback<PointerEvent> {
        let board = self.clone();
        Callback::from(move |event: PointerEvent| {
            let Some((at, radius)) = board.place(&event).filter(|_| event.button() == 0) else {
                return;
            };
            *board.last.borrow_mut() = (event.client_x(), event.client_y());
            if let Some(frame) = board.frame.cast::<Element>() {
                // A pointer that is gone cannot be captured, and need not be.
                let _ = frame.set_pointer_capture(event.pointer_id());
            }
            board.change(|editor| editor.press(&board.plan, at, radius));
        })
    }

    pub fn onmove(&self) -> Callback<PointerEvent> {
        let board = self.clone();
        Callback::from(move |event: PointerEvent| {
            let stroke = board.editor.borrow().stroke.clone();
            match (stroke, board.place(&event)) {
                (Stroke::Idle, _) | (_, None) => {}
                (Stroke::Panning, _) => board.pan(&event),
                (_, Some((at, radius))) => board.change(|editor| editor.drag(&board.plan, at, radius)),
            }
        })
    }

    pub fn onrelease(&self) -> Callback<PointerEvent> {
        let board = self.clone();
        Callback::from(move |event: PointerEvent| {
            let Some((at, radius)) = board.place(&event) else {
                return;
            };
            let change = board.editor.borrow_mut().release(&board.plan, at, radius);
            board.refresh.emit(());
            if let Some(change) = change {
                board.take(change);
            }
        })
    }

    pub fn oncancel(&self) -> Callback<PointerEvent> {
        let board = self.clone();
        Callback::from(move |_: PointerEvent| board.change(Editor::cancel))
    }

    /// Moves the picture in its frame, and the page where the frame is full.
    fn pan(&self, event: &PointerEvent) {
        let (x, y) = self.last.replace((event.client_x(), event.client_y()));
        let (dx, dy) = (f64::from(x - event.client_x()), f64::from(y - event.client_y()));
        if let Some(frame) = self.frame.cast::<Element>() {
            frame.scroll_by_with_x_and_y(dx, dy);
            if frame.scroll_height() <= frame.client_height() && event.pointer_type() == "touch" {
                gloo::utils::window().scroll_by_with_x_and_y(0.0, dy);
            }
        }
    }

    pub fn onremove(&self) -> Callback<MouseEvent> {
        let board = self.clone();
        Callback::from(move |_: MouseEvent| board.remove())
    }

    fn remove(&self) {
        let selected = self.editor.borrow_mut().selected.take();
        if let Some(item) = selected {
            self.take(Change {
                plan: without(&self.plan, item),
                camera: None,
            });
        }
        self.refresh.emit(());
    }

    pub fn onkey(&self) -> Callback<KeyboardEvent> {
        let board = self.clone();
        Callback::from(move |event: KeyboardEvent| {
            let selected = board.editor.borrow().selected;
            let step = board.plan.width.max(board.plan.height) * if event.shift_key() { 0.001 } else { 0.01 };
            let step = step.max(1.0).round();
            let by = match event.key().as_str() {
                "ArrowLeft" => Some(Point::new(-step, 0.0)),
                "ArrowRight" => Some(Point::new(step, 0.0)),
                "ArrowUp" => Some(Point::new(0.0, -step)),
                "ArrowDown" => Some(Point::new(0.0, step)),
                _ => None,
            };
            let plan = match (event.key().as_str(), by, selected) {
                (_, Some(by), Some(item)) => shifted(&board.plan, item, by),
                ("," | "\u{ff0c}" | "<", _, Some(item)) => turned(&board.plan, item, -5.0),
                ("." | "\u{3002}" | ">", _, Some(item)) => turned(&board.plan, item, 5.0),
                ("Delete" | "Backspace", _, Some(_)) => {
                    event.prevent_default();
                    return board.remove();
                }
                ("Escape", ..) => return board.change(Editor::cancel),
                ("Enter", ..) => {
                    let closed = board.editor.borrow_mut().close(&board.plan);
                    if let Some(change) = closed {
                        board.take(change);
                    }
                    return board.refresh.emit(());
                }
                _ => return,
            };
            event.prevent_default();
            board.take(Change { plan, camera: None });
        })
    }
}
