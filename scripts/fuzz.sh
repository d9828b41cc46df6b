#!/usr/bin/env bash
# Gives each reader of what comes from outside mutated inputs, under the address sanitizer, for FUZZ_SECONDS each,
# as many readers at a time as there are cores; a trap or an excess of memory ends a reader's turn, and leaves the
# input in .build-fuzz/crashes.
#   FUZZ_SECONDS=60 scripts/fuzz.sh          all readers
#   FUZZ_SECONDS=60 scripts/fuzz.sh csv png  some of them
#   FUZZ_SEED=7 scripts/fuzz.sh              other mutations
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "$(uname)" != Linux ]; then
    echo "fuzz: libFuzzer comes with the toolchain on Linux only" >&2
    exit 64
fi
seconds=${FUZZ_SECONDS:-60}
build=.build-fuzz
ODDITY_FUZZING=1 "${SWIFT:-swift}" build -c release --scratch-path $build --product oddity-fuzz \
    --sanitize=fuzzer --sanitize=address -Xswiftc -enable-testing -Xswiftc -use-ld=lld
fuzz=$build/release/oddity-fuzz

fixtures=Tests/OddityImagesTests/Fixtures
models=Tests/OddityDetectorsTests/Fixtures/Version1
export ODDITY_FUZZING_MODEL=$models/series.safetensors
# A sanitizer's report is of use where the program has ended at once.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 OPENBLAS_NUM_THREADS=1
all=(csv json gzip npy npz idx png jpeg bmp pnm schema model network state journal options)
[ $# -gt 0 ] && all=("$@")

# Copies seeds under names of their own, since folders have files of the same name.
seed() { for file; do cp "$file" "$seeds/${file//\//-}"; done; }

mkdir -p $build/crashes

# Fuzzes one reader.
run() {
    local target=$1 corpus=$build/corpus/$1 seeds=$build/seeds/$1 log=$build/$1.log
    rm -rf "$seeds"
    mkdir -p "$corpus" "$seeds"
    [ -d "Fuzzing/Seeds/$target" ] && seed Fuzzing/Seeds/"$target"/*
    case $target in
    gzip)
        for file in Fuzzing/Seeds/csv/* Fuzzing/Seeds/json/*; do gzip -nc "$file" > "$seeds/$(basename "$file").gz"; done
        cat "$seeds"/*.gz > "$seeds/members.gz"
        ;;
    npy) seed $fixtures/*.npy Tests/Oddity{Arrays,Series}Tests/Fixtures/*.npy ;;
    npz) seed $fixtures/*.npz Tests/Oddity{Arrays,Series}Tests/Fixtures/*.npz ;;
    idx) seed $fixtures/idx* ;;
    png) seed $fixtures/*.png ;;
    jpeg) seed $fixtures/*.jpg ;;
    bmp) seed $fixtures/*.bmp ;;
    pnm) seed $fixtures/*.p?m ;;
    model) seed $models/*.safetensors ;;
    esac
    # A reader may take no more than a gigabyte for inputs of these sizes.
    if ! ODDITY_FUZZ_TARGET=$target $fuzz -seed="${FUZZ_SEED:-1}" -max_total_time="$seconds" -rss_limit_mb=2048 -malloc_limit_mb=1024 -timeout=20 \
        -artifact_prefix=$build/crashes/"$target"- -print_final_stats=1 -verbosity=1 \
        "$corpus" "$seeds" > "$log" 2>&1; then
        tail -n 60 "$log"
        echo "fuzz: $target failed; the input is in $build/crashes" >&2
        return 1
    fi
    inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    echo "fuzz: $target: $inputs inputs in $seconds s"
}

status=0
for target in "${all[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n || status=1; done
    run "$target" &
done
while [ -n "$(jobs -p)" ]; do wait -n || status=1; done
exit $status
