import COddityFuzzer
import OddityPlatform

/// Runs one target: `oddity-fuzz TARGET LIBFUZZER-OPTIONS… CORPUS…`.
@main
enum OddityFuzzer {
    /// Set once, before libFuzzer begins.
    nonisolated(unsafe) private static var target = FuzzTarget.csv

    static func main() {
        guard CommandLine.argc > 1, let name = CommandLine.unsafeArgv[1],
            let target = FuzzTarget(rawValue: String(cString: name))
        else {
            print("give one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
            exit(64)
        }
        self.target = target
        // libFuzzer must not see the name of the target.
        CommandLine.unsafeArgv[1] = CommandLine.unsafeArgv[0]
        var count = CommandLine.argc - 1
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
            CommandLine.unsafeArgv + 1
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { data, size in
                OddityFuzzer.target.run(Array(UnsafeBufferPointer(start: data, count: size)))
                return 0
            }
        )
    }
}
