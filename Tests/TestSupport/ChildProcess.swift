import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

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

        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, (file, flags)) in zip(files, flags).enumerated() {
            posix_spawn_file_actions_addopen(&actions, Int32(descriptor), file, flags, 0o600)
        }
        let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
        let code = withCStrings([executable] + arguments) { arguments in
            withCStrings(environment) { environment in
                var process = pid_t()
                let code = posix_spawn(&process, executable, &actions, nil, arguments, environment)
                return (code, process)
            }
        }
        guard code.0 == 0 else { throw CannotRun(executable: executable, code: code.0) }
        var status: Int32 = 0
        while waitpid(code.1, &status, 0) < 0, errno == EINTR {}
        exitCode = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        output = folder.readText(files[1])
        errors = folder.readText(files[2])
    }

    /// The lines of the output.
    package var lines: [String] {
        output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
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
