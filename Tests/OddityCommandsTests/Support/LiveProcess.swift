import Foundation
import TestSupport
import Testing

/// A command that runs while a test feeds it and looks at what it writes.
final class LiveProcess {
    let input = Pipe()
    private let process = Process()
    private let folder: TemporaryFolder

    /// Starts the built command with a pipe as its standard input.
    init(_ arguments: [String]) throws {
        folder = try TemporaryFolder()
        // Another child that had the pipe too would keep it open.
        for end in [input.fileHandleForReading, input.fileHandleForWriting] {
            _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
        }
        process.executableURL = URL(fileURLWithPath: try Oddity.binary())
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = try FileHandle(
            forWritingTo: URL(fileURLWithPath: folder.write("", as: "out"))
        )
        process.standardError = try FileHandle(
            forWritingTo: URL(fileURLWithPath: folder.write("", as: "err"))
        )
        try process.run()
    }

    deinit {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    var output: String { folder.readText(folder.path + "/out") }
    var errors: String { folder.readText(folder.path + "/err") }
    var lines: [String] { output.split(separator: "\n").map(String.init) }

    func feed(_ text: String) {
        try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    }
    func endInput() { try? input.fileHandleForWriting.close() }
    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end; the exit code, or 128 and the number of the signal that ended it; -1 where it
    /// does not come.
    func end() -> Int32 {
        guard waits(for: { !process.isRunning }) else { return -1 }
        // Returns at once, and lets go of what a process holds.
        process.waitUntilExit()
        return process.terminationReason == .exit
            ? process.terminationStatus : 128 + process.terminationStatus
    }

    /// Waits until something holds, ten seconds at the most.
    func waits(for condition: () -> Bool) -> Bool {
        for _ in 0..<1_000 {
            if condition() { return true }
            usleep(10_000)
        }
        return condition()
    }
}
