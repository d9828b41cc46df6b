# `make demo` and `make test` set up everything they need on Debian 12 with a Swift toolchain.
export SWIFT ?= swift
IMPORT_CHECK = --explicit-target-dependency-import-check error
DOCUMENTED = Oddity OddityArrays OddityC OddityDatabases OddityDatasets OddityDetectors OddityEvaluation OddityFiles OddityImages OddityLinearAlgebra OddityModelFiles \
	OddityModelSelection OddityNeuralNetworks OddityONNX OddityPreprocessing OddityRecords OddityReports OdditySeries

.PHONY: help demo build library install install-library uninstall test test-library wheel test-python test-spark test-onnx pages sanitize fuzz bench bench-peers growth instructions compare format lint docs bootstrap clean

help:
	@echo "make demo      build, train on bundled data, score, evaluate, write a report"
	@echo "make install   put the command into PREFIX/bin (/usr/local);  make uninstall  take it away"
	@echo "make library   the library for C, shared and static;  make install-library  put it into PREFIX, with header and pkg-config file"
	@echo "make test      all tests (debug for the modules, release for the command), and the reports in a browser"
	@echo "make test-library  the test of the C interface, under sanitizers"
	@echo "make wheel     the Python package, in Python/dist;  make test-python  test it"
	@echo "make test-spark  test it on a cluster of Spark on this machine"
	@echo "make test-onnx  compare exported ONNX files, in onnxruntime, with the command"
	@echo "make pages     the reports in a browser: no script error, nothing too wide, the threshold moves"
	@echo "make sanitize  the unit tests of memory under the address sanitizer, of threads under the thread sanitizer"
	@echo "make fuzz      mutated inputs for every reader, FUZZ_SECONDS each"
	@echo "make bench     speed of training, scoring, and reading CSV"
	@echo "make instructions  what small pieces of work take of them, beside what they took before"
	@echo "make compare   speed beside PyTorch, as ratios"
	@echo "make bench-peers  whole commands and their parts beside PyTorch, ONNX Runtime, polars, DuckDB, PyOD and scikit-learn;  make growth  cost by rows, columns and members"
	@echo "make format    format the sources;  make lint  check them"
	@echo "make docs      build the documentation"

bootstrap:
	@scripts/bootstrap.sh

build: bootstrap
	$(SWIFT) build -c release --product oddity $(IMPORT_CHECK)

# Where `make install` puts the command; DESTDIR stands before it for packages.
PREFIX ?= /usr/local

# Without the symbols for debuggers, which are half of it.
install: build
	install -D -s -m 755 .build/release/oddity "$(DESTDIR)$(PREFIX)/bin/oddity"

# The library of a build that was made before, where SKIP_LIBRARY is set.
library: $(if $(SKIP_LIBRARY),,bootstrap)
	$(if $(SKIP_LIBRARY),@true,scripts/build_library.sh)

VERSION = $(shell sed -n 's/.*oddityProducer = "oddity \(.*\)"/\1/p' Sources/OddityDetectors/Common/FittedDetector+File.swift)

install-library: library
	install -D -m 644 Sources/COddityInterface/include/oddity.h "$(DESTDIR)$(PREFIX)/include/oddity.h"
	install -D -m 755 .build/release/liboddity.so.1 "$(DESTDIR)$(PREFIX)/lib/liboddity.so.1"
	install -m 644 .build/release/liboddity.a "$(DESTDIR)$(PREFIX)/lib/liboddity.a"
	ln -sf liboddity.so.1 "$(DESTDIR)$(PREFIX)/lib/liboddity.so"
	install -d "$(DESTDIR)$(PREFIX)/lib/pkgconfig"
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' Sources/COddityInterface/oddity.pc.in \
		>"$(DESTDIR)$(PREFIX)/lib/pkgconfig/oddity.pc"

test-library: library
	scripts/check_library.sh

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/oddity" "$(DESTDIR)$(PREFIX)/include/oddity.h" "$(DESTDIR)$(PREFIX)/lib/liboddity.so" \
		"$(DESTDIR)$(PREFIX)/lib/liboddity.so.1" "$(DESTDIR)$(PREFIX)/lib/liboddity.a" "$(DESTDIR)$(PREFIX)/lib/pkgconfig/oddity.pc"

demo: build
	.build/release/oddity demo --output demo-output

test: build
	ODDITY_BINARY="$(CURDIR)/.build/release/oddity" scripts/run_tests.sh $(IMPORT_CHECK)
	scripts/check_pages.sh

wheel: library
	scripts/build_wheel.sh

# Scores are compared with those of the command.
test-python: build wheel
	scripts/test_python.sh

# The cluster is of this machine, for the time of the tests.
test-spark: build wheel
	scripts/test_spark.sh

test-onnx: build
	scripts/test_onnx.sh

pages: build
	scripts/check_pages.sh

# What works on several threads: all of it goes through one loop.
THREADED = Thread|RowTilesTests|MatrixTests|TrainingTests|InferenceTests|PrincipalComponentsTests|PreparationTests|BaselineTests|TrainingNeighborsTests|SeriesFindingsTests|ImageFindingsTests

# What reads foreign bytes or works with pointers. Tests of the command start it as released, which a sanitizer does not see into.
UNSAFE = OddityArraysTests|OddityDatabasesTests|OddityDatasetsTests|OddityFilesTests|OddityImagesTests|OddityLinearAlgebraTests|OddityModelFilesTests|OddityNeuralNetworksTests|OddityPreprocessingTests|OdditySeriesTests|ScoringTests|ModelFileTests|ReasonTests

sanitize: export ODDITY_DETECTORS_ONLY = 1
sanitize: bootstrap
	LSAN_OPTIONS=suppressions=$(CURDIR)/scripts/leaks.txt scripts/run_tests.sh --sanitize=address --disable-xctest --scratch-path .build-asan --filter '$(UNSAFE)'
	scripts/run_tests.sh --sanitize=thread --disable-xctest --scratch-path .build-tsan --filter '$(THREADED)'

# Each reader for FUZZ_SECONDS (60), as many at a time as there are cores.
fuzz: bootstrap
	scripts/fuzz.sh

bench: export ODDITY_BENCHMARKS = 1
bench: bootstrap
	$(SWIFT) run -c release --scratch-path .build-bench --disable-build-manifest-caching oddity-bench --table

# Of the build that is there.
instructions: bootstrap
	python3 scripts/check_instructions.py

compare: bootstrap
	@test -x .venv/bin/python || (python3 -m venv .venv && (.venv/bin/pip install --quiet torch==2.13.0+cpu numpy || .venv/bin/pip install --quiet torch==2.13.0 numpy))
	.venv/bin/python scripts/compare_benchmarks.py

# All peers, in an environment of its own; BENCH_PEERS="--data FOLDER" for what needs tables of ADBench and MNIST.
bench-peers: build
	ODDITY_BENCHMARKS=1 $(SWIFT) build -c release --product oddity-bench --disable-build-manifest-caching $(IMPORT_CHECK)
	scripts/peer_tools.sh .venv-peers
	.venv-peers/bin/python Benchmarks/peers --write $(BENCH_PEERS)

growth: build
	python3 Benchmarks/peers/growth.py --write $(GROWTH)

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks Fuzzing

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks Fuzzing

docs: bootstrap
	$(SWIFT) package generate-documentation --enable-experimental-combined-documentation \
		$(foreach target,$(DOCUMENTED),--target $(target)) --warnings-as-errors

clean:
	rm -rf .build .build-* demo-output Python/dist
