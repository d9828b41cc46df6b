import OddityPlatform

// What libFuzzer, which the toolchain links with `-sanitize=fuzzer`, calls: it has the program's `main`.

/// The reader that is fuzzed, by the environment variable `ODDITY_FUZZ_TARGET`.
private let target: FuzzTarget = {
    guard let name = getenv("ODDITY_FUZZ_TARGET"),
        let target = FuzzTarget(rawValue: String(cString: name))
    else {
        print(
            "ODDITY_FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))"
        )
        exit(64)
    }
    return target
}()

/// Gives the reader one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    target.run(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}
