import Foundation
import TestSupport
import Testing

/// Runs the built command.
func oddity(_ arguments: String..., input: String = "") throws -> ChildProcess {
    try oddity(arguments, input: input)
}

/// Runs the built command to its end.
func oddity(_ arguments: [String], input: String = "") throws -> ChildProcess {
    try ChildProcess(try Oddity.binary(), arguments, input: input)
}

/// Runs a line of shell in which `$ODDITY` is the built command and `$1` a folder.
func shell(_ line: String, in folder: TemporaryFolder) throws -> ChildProcess {
    try ChildProcess(
        "/bin/sh",
        ["-c", "ODDITY='\(try Oddity.binary())'; " + line, "sh", folder.path]
    )
}

/// Where the built command is.
enum Oddity {
    /// `ODDITY_BINARY`, which `make test` sets to the release build, or the product beside the tests.
    static func binary() throws -> String {
        let path =
            ProcessInfo.processInfo.environment["ODDITY_BINARY"]
            ?? products.appendingPathComponent("oddity").path
        try #require(
            FileManager.default.isExecutableFile(atPath: path),
            "there is no command at \(path): run `make test`, or set ODDITY_BINARY"
        )
        return path
    }

    private static var products: URL {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
        return bundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
    }
}
