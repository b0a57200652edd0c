//! How a breach comes to a fine: found, ordered to correct, overdue or refused,
//! fined. Which of these has come to pass is what the orders received say.

use chrono::NaiveDate;

use crate::dossier::Notice;
use crate::law::assessment::{Amounts, PathStep, Stage, Step, Stop};
use crate::law::duties::Duty;
use crate::law::exposure::received;
use crate::law::facts::Facts;
use crate::law::params::Penalty;

/// What the orders to correct one duty come to on the day judged.
pub(crate) struct Orders {
    received: bool,
    ordered_on: Option<NaiveDate>,
    deadline: Option<NaiveDate>,
    pub overdue: bool,
    pub refused: bool,
}

impl Orders {
    /// Of one duty. An order obeyed in time counts no more: a new breach needs a
    /// new order.
    pub fn of(facts: &Facts, duty: Duty) -> Self {
        let mut orders = Self {
            received: false,
            ordered_on: None,
            deadline: None,
            overdue: false,
            refused: false,
        };
        for notice in received(facts, duty) {
            let (overdue, open) = (is_overdue(facts, notice), facts.happened(notice.corrected_on).is_none());
            if !overdue && !open {
                continue;
            }
            // The order that has gone furthest is told.
            if !orders.received || (overdue && !orders.overdue) {
                orders.ordered_on = notice.ordered_on;
                orders.deadline = notice.deadline;
            }
            orders.received = true;
            orders.overdue |= overdue;
            orders.refused |= open && notice.refused == Some(true);
        }
        orders
    }

    /// How the path is left.
    pub const fn stop(&self, stage: Stage, fineable_now: bool) -> Stop {
        match (stage, fineable_now) {
            (_, true) => Stop::AtOnce,
            (Stage::None, false) => Stop::Duty,
            (_, false) if self.received => Stop::ByOrder {
                deadline: self.deadline,
            },
            (_, false) => Stop::BeforeOrder,
        }
    }
}

/// The last day of the order passed and it was not corrected by then.
fn is_overdue(facts: &Facts, notice: &Notice) -> bool {
    notice
        .deadline
        .is_some_and(|last| facts.on > last && notice.corrected_on.is_none_or(|corrected| corrected > last))
}

/// The steps of a penalty.
pub(crate) fn of(penalty: &Penalty, orders: &Orders) -> Vec<PathStep> {
    let at = |step, date, reached| PathStep {
        step,
        date,
        amounts: None,
        reached,
    };
    let fine = |step, amounts: Amounts, reached| PathStep {
        step,
        date: None,
        amounts: Some(amounts),
        reached,
    };
    let order = at(Step::Order, orders.ordered_on, orders.received);
    let warning = penalty.warning.then(|| at(Step::Warning, None, orders.received));
    let confiscation = |reached| penalty.confiscation.then(|| at(Step::Confiscation, None, reached));
    let mut steps = Vec::with_capacity(6);
    match penalty.stage {
        Stage::None => {}
        Stage::OrderOnly => {
            steps.push(order);
            steps.extend(warning);
        }
        Stage::Direct => {
            steps.push(at(Step::Found, None, true));
            if penalty.warning {
                steps.push(order);
            }
            steps.extend(warning);
            steps.extend(confiscation(true));
            steps.push(fine(Step::Fine, penalty.amounts, true));
        }
        Stage::RectifyFirst | Stage::Refusal => {
            let reached = match penalty.stage {
                Stage::Refusal => orders.refused,
                _ => orders.overdue,
            };
            steps.push(order);
            steps.extend(warning);
            steps.push(match penalty.stage {
                Stage::Refusal => at(Step::Refused, None, reached),
                _ => at(Step::Overdue, orders.deadline, reached),
            });
            steps.extend(confiscation(reached));
            steps.push(fine(Step::Fine, penalty.amounts, reached));
        }
    }
    if let Some(higher) = penalty.on_refusal {
        steps.push(at(Step::Refused, None, orders.refused));
        steps.push(fine(Step::HigherFine, higher, orders.refused));
    }
    steps
}
