import Foundation
package import OddityPlatform

/// What a program did: how it ended and what it wrote.
package struct ChildProcess {
    /// The exit code, or 128 and the number of the signal that ended it.
    package let exitCode: Int32
    package let output: String
    package let errors: String

    /// Runs a program to its end.
    ///
    /// `Foundation.Process` would do, but it leaks on Linux, which the address sanitizer reports.
    ///
    /// - Parameters:
    ///   - executable: The path of the program.
    ///   - input: What it reads from standard input; nothing by default.
    package init(_ executable: String, _ arguments: [String], input: String = "") throws {
        let folder = try TemporaryFolder()
        let files = [folder.write(input, as: "in"), folder.path + "/out", folder.path + "/err"]
        let flags = [O_RDONLY, O_WRONLY | O_CREAT, O_WRONLY | O_CREAT]

        let process = try spawned(executable, arguments) { actions in
            for (descriptor, (file, flags)) in zip(files, flags).enumerated() {
                posix_spawn_file_actions_addopen(&actions, Int32(descriptor), file, flags, 0o600)
            }
        }
        exitCode = ended(process)
        output = folder.readText(files[1])
        errors = folder.readText(files[2])
    }

    /// The lines of the output.
    package var lines: [String] {
        output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}

#if canImport(Darwin)
    package typealias SpawnActions = posix_spawn_file_actions_t?
#else
    package typealias SpawnActions = posix_spawn_file_actions_t
#endif

/// Starts a program.
///
/// - Parameter prepare: says what its standard streams are.
package func spawned(
    _ executable: String,
    _ arguments: [String],
    prepare: (inout SpawnActions) -> Void
) throws -> pid_t {
    #if canImport(Darwin)
        var actions: SpawnActions
        var attributes: posix_spawnattr_t?
    #else
        var actions = SpawnActions()
        var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    prepare(&actions)
    // Threads that run tests block signals, and a child would too.
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
    var process = pid_t()
    let code = withCStrings([executable] + arguments) { arguments in
        withCStrings(environment) { environment in
            posix_spawn(&process, executable, &actions, &attributes, arguments, environment)
        }
    }
    guard code == 0 else { throw CannotRun(executable: executable, code: code) }
    return process
}

/// Waits for the end of a program; its exit code, or 128 and the number of the signal that ended it.
package func ended(_ process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
}

/// The system refused to start a program.
struct CannotRun: Error {
    let executable: String
    let code: Int32
}

/// Calls `body` with a null-terminated array of C strings.
private func withCStrings<Value>(
    _ texts: [String],
    _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
) -> Value {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
}
