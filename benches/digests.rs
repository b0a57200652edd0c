//! What four digests in one pass cost beside each of them alone.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use digests::{Md5, Sha1, compress, update_both};
use sha2::Digest;
use xishi::digest::Digests;

/// As much as the worker hands over at once.
const SLICE: usize = 4 << 20;

fn bench(c: &mut Criterion) {
    let bytes: Vec<u8> = (0..SLICE).map(|n| (n * 31) as u8).collect();
    let mut group = c.benchmark_group("digests");
    group.throughput(Throughput::Bytes(SLICE as u64)).sample_size(20);
    group.bench_function("md5", |b| {
        b.iter(|| {
            let mut md5 = Md5::default();
            md5.update(black_box(&bytes));
            md5.finish()
        });
    });
    group.bench_function("sha1", |b| {
        b.iter(|| {
            let mut sha1 = Sha1::default();
            sha1.update(black_box(&bytes));
            sha1.finish()
        });
    });
    group.bench_function("md5 and sha1 at once", |b| {
        b.iter(|| {
            let (mut sha1, mut md5) = (Sha1::default(), Md5::default());
            update_both(&mut sha1, &mut md5, black_box(&bytes), compress);
            (sha1.finish(), md5.finish())
        });
    });
    group.bench_function("sha256", |b| b.iter(|| sha2::Sha256::digest(black_box(&bytes))));
    group.bench_function("sm3", |b| b.iter(|| sm3::Sm3::digest(black_box(&bytes))));
    group.bench_function("all four", |b| {
        b.iter(|| {
            let mut digests = Digests::new();
            digests.update(black_box(&bytes));
            digests.finish()
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
