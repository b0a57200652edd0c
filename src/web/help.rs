//! Several workers on one file: one reads it and sends each piece on to those
//! that help; digests go to and fro between them (see [`super::balance`]).
//! Signatures and pictures stay with the reader.

use js_sys::{ArrayBuffer, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::MessagePort;

use super::balance::{Balance, Change};
use super::link::Link;
use super::message::to_js;
use super::pieces::PIECE;
use crate::digest::{Algorithm, Digests, Suspended};

/// Reader to helper, between the pieces: they are bytes as such, and their
/// memory comes back when the helper is through with them.
#[derive(Serialize, Deserialize)]
enum Order {
    /// Go on with these from the next piece on.
    Take(Suspended),
    /// Leave off with these; the answer is their state.
    GiveBack(Vec<Algorithm>),
    /// The file is over.
    Leave,
}

/// A helper, as the reader sees it. Dropping it sends it away.
pub(super) struct Helper {
    link: Link,
    balance: Balance,
    /// Memory that pieces were sent in, to be filled again.
    free: Vec<ArrayBuffer>,
    /// What was sent since digests were asked back: they miss it.
    missed: Vec<Vec<u8>>,
}

impl Helper {
    /// Shares the digests with the worker at the other end, from the next piece on.
    ///
    /// # Errors
    /// Here and below: where a message cannot be sent, or is none that a helper
    /// sends.
    pub(super) fn join(port: MessagePort, digests: &mut Digests) -> Result<Self, JsValue> {
        let (balance, lent) = Balance::begin(&digests.under_way());
        let helper = Self {
            link: Link::new(port),
            balance,
            free: Vec::new(),
            missed: Vec::new(),
        };
        helper.tell(&Order::Take(digests.suspend(&lent.concat())))?;
        Ok(helper)
    }

    fn tell(&self, order: &Order) -> Result<(), JsValue> {
        self.link.send(&to_js(order)?, &[])
    }

    /// Sends a piece; waits where the helper has enough.
    pub(super) async fn send(&mut self, bytes: &[u8], digests: &mut Digests) -> Result<(), JsValue> {
        while self.balance.is_full() {
            let answer = self.link.next().await;
            self.hear(answer, digests)?;
        }
        let length = bytes.len() as u32;
        let memory = self.free.pop().filter(|memory| memory.byte_length() >= length);
        let memory = memory.unwrap_or_else(|| ArrayBuffer::new(length.max(PIECE as u32)));
        let piece = Uint8Array::new_with_byte_offset_and_length(&memory, 0, length);
        piece.copy_from(bytes);
        self.link.send(&piece, &[&memory])?;
        self.balance.sent();
        if self.balance.is_awaited() {
            self.missed.push(bytes.to_vec());
        }
        Ok(())
    }

    /// Hears what it answered by now, and gives it more or less to do: called
    /// when the last piece has passed here too.
    pub(super) fn balance(&mut self, digests: &mut Digests) -> Result<(), JsValue> {
        while let Some(answer) = self.link.came() {
            self.hear(answer, digests)?;
        }
        match self.balance.change(&digests.under_way()) {
            Some(Change::Give(share)) => self.tell(&Order::Take(digests.suspend(share))),
            Some(Change::TakeBack(share)) => self.tell(&Order::GiveBack(share.to_vec())),
            None => Ok(()),
        }
    }

    fn hear(&mut self, answer: JsValue, digests: &mut Digests) -> Result<(), JsValue> {
        match answer.dyn_into::<ArrayBuffer>() {
            Ok(memory) => {
                self.balance.through();
                self.free.push(memory);
            }
            Err(state) => {
                let mut back = Digests::resume(&serde_wasm_bindgen::from_value(state)?).ok_or(JsValue::NULL)?;
                self.missed.drain(..).for_each(|bytes| back.update(&bytes));
                digests.join(back);
                self.balance.came_back();
            }
        }
        Ok(())
    }

    /// Has all digests come back, after the last piece.
    pub(super) async fn leave(mut self, digests: &mut Digests) -> Result<(), JsValue> {
        loop {
            if !self.balance.is_awaited() {
                match self.balance.take_back_all() {
                    none if none.is_empty() => return Ok(()),
                    all => self.tell(&Order::GiveBack(all))?,
                }
            }
            let answer = self.link.next().await;
            self.hear(answer, digests)?;
        }
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        // Where it cannot be told, it is gone.
        let _ = self.tell(&Order::Leave);
    }
}

/// Sends away who offers help with a file that is over.
pub(super) fn refuse(port: &MessagePort) {
    // Where it cannot be told, it is gone.
    let _ = to_js(&Order::Leave).map(|leave| port.post_message(&leave));
}

/// Helps the worker at the other end until it says that the file is over.
///
/// # Errors
/// Where the other is gone, or says what no reader says.
pub(super) async fn help(port: MessagePort) -> Result<(), JsValue> {
    let link = Link::new(port);
    let (mut digests, mut buffer) = (Digests::of(&[]), Vec::new());
    loop {
        let message = link.next().await;
        if let Some(piece) = message.dyn_ref::<Uint8Array>() {
            buffer.resize(piece.length() as usize, 0);
            piece.copy_to(&mut buffer);
            digests.update(&buffer);
            let memory = piece.buffer();
            link.send(&memory, &[&memory])?;
            continue;
        }
        match serde_wasm_bindgen::from_value(message)? {
            Order::Take(suspended) => digests.join(Digests::resume(&suspended).ok_or(JsValue::NULL)?),
            Order::GiveBack(algorithms) => link.send(&to_js(&digests.suspend(&algorithms))?, &[])?,
            Order::Leave => return Ok(()),
        }
    }
}
