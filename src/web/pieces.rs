//! A file's bytes, piece by piece, as the browser streams them: it reads on
//! while a piece is hashed, and of its ways to read this costs least
//! (benches/browser). The memory that they come in is filled again, so that what
//! the browser holds does not grow with the file.

use js_sys::{ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamDefaultReader};

/// Bytes of a piece.
const PIECE: u32 = 1 << 20;

#[wasm_bindgen]
extern "C" {
    /// `ReadableStreamBYOBReader`, of which web-sys does not know the options.
    type Filling;

    #[wasm_bindgen(method)]
    fn read(this: &Filling, into: &Uint8Array, options: &JsValue) -> Promise;
}

/// The pieces of one file, to its last byte.
pub(super) struct Pieces {
    stream: Stream,
    buffer: Vec<u8>,
}

enum Stream {
    /// Memory that it is given is filled.
    Filling { reader: Filling, memory: ArrayBuffer },
    /// Where the browser cannot (Chromium before it had streams of bytes):
    /// new memory for each part, which its collector takes back in its time.
    Handing(ReadableStreamDefaultReader),
}

impl Pieces {
    /// From a byte on.
    ///
    /// # Errors
    /// Where the browser does not stream files.
    pub(super) fn of(file: &Blob, from: u64) -> Result<Self, JsValue> {
        let stream = file.slice_with_f64(from as f64)?.stream();
        // Called by name: the binding cannot be refused, and old browsers refuse.
        let get_reader: Function = Reflect::get(&stream, &"getReader".into())?.dyn_into()?;
        let stream = match get_reader.call1(&stream, &option("mode", "byob")?) {
            Ok(reader) => Stream::Filling {
                reader: reader.unchecked_into(),
                memory: ArrayBuffer::new(PIECE),
            },
            Err(_) => Stream::Handing(stream.get_reader().unchecked_into()),
        };
        Ok(Self {
            stream,
            buffer: Vec::new(),
        })
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// Where the file cannot be read on.
    pub(super) async fn next(&mut self) -> Result<Option<&[u8]>, JsValue> {
        let Some(piece) = self.stream.next().await? else {
            return Ok(None);
        };
        self.buffer.resize(piece.length() as usize, 0);
        piece.copy_to(&mut self.buffer);
        Ok(Some(&self.buffer))
    }
}

impl Stream {
    async fn next(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        let (reader, memory) = match self {
            Self::Filling { reader, memory } => (reader, memory),
            Self::Handing(reader) => return Ok(Read::of(reader.read()).await?.bytes),
        };
        let mut filled = 0;
        while filled < PIECE {
            let rest = Uint8Array::new_with_byte_offset(memory, filled);
            // Not before all of it is filled: browsers read some 64 KiB at once,
            // and each part would come by way of the event loop. Older ones do
            // not know that, and hand out the parts.
            let whole = option("min", rest.length())?;
            let read = Read::of(reader.read(&rest, &whole)).await?;
            let bytes = read.bytes.ok_or(JsValue::NULL)?;
            *memory = bytes.buffer();
            filled += bytes.length();
            if read.done {
                break;
            }
        }
        let filled = (filled > 0).then(|| Uint8Array::new_with_byte_offset_and_length(memory, 0, filled));
        Ok(filled)
    }
}

/// An object with this one option.
fn option(name: &str, value: impl Into<JsValue>) -> Result<JsValue, JsValue> {
    let options = Object::new().into();
    Reflect::set(&options, &name.into(), &value.into())?;
    Ok(options)
}

/// What a reader's promise came to.
struct Read {
    /// A reader that fills memory gives it back at the end too, with the last
    /// bytes or none.
    bytes: Option<Uint8Array>,
    done: bool,
}

impl Read {
    async fn of(promise: Promise) -> Result<Self, JsValue> {
        let result = JsFuture::from(promise).await?;
        Ok(Self {
            bytes: Reflect::get(&result, &"value".into())?.dyn_into().ok(),
            done: Reflect::get(&result, &"done".into())?.is_truthy(),
        })
    }
}
