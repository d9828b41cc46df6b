import Foundation
import TestSupport
import Testing

/// A command that runs while a test feeds it and looks at what it writes.
final class LiveProcess {
    /// The seconds after which a test holds that something will never happen.
    private static let patience = 300.0

    private let process: pid_t
    private let folder: TemporaryFolder
    /// Where its standard input is written to; -1 once that has ended.
    private var input: Int32
    private var hasEnded = false

    /// Starts the built command with a pipe as its standard input.
    init(_ arguments: [String]) throws {
        let folder = try TemporaryFolder()
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        // Another child that had the pipe too would keep it open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        process = try spawned(try Oddity.binary(), arguments) { actions in
            posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
            for (descriptor, name) in [(Int32(1), "out"), (2, "err")] {
                let file = folder.write("", as: name)
                posix_spawn_file_actions_addopen(&actions, descriptor, file, O_WRONLY, 0o600)
            }
        }
        close(ends[0])
        input = ends[1]
        // A command that has ended shall not end the test.
        signal(SIGPIPE, SIG_IGN)
        self.folder = folder
    }

    deinit {
        endInput()
        guard !hasEnded else { return }
        kill(process, SIGKILL)
        _ = ended(process)
    }

    var output: String { folder.readText(folder.path + "/out") }
    var errors: String { folder.readText(folder.path + "/err") }
    var lines: [String] { output.split(separator: "\n").map(String.init) }

    func feed(_ text: String) { feed(Array(text.utf8)) }

    func feed(_ bytes: [UInt8]) {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    func endInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    func send(_ signal: Int32) { kill(process, signal) }

    /// Waits for the end; the exit code, or 128 and the number of the signal that ended it, which is SIGKILL
    /// where the end does not come by itself.
    func end() -> Int32 {
        let isLate = DispatchWorkItem { [process] in kill(process, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience, execute: isLate)
        defer { isLate.cancel() }
        hasEnded = true
        return ended(process)
    }

    /// Waits until something holds, as long as a busy machine may need.
    func waits(for condition: () -> Bool) -> Bool {
        for _ in 0..<Int(Self.patience * 100) {
            if condition() { return true }
            usleep(10_000)
        }
        return condition()
    }
}
