import OddityFiles
import OddityPlatform
import TestSupport
import Testing

@Suite("Writing files")
struct OutputFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("what is written is read, however it was added", arguments: [false, true])
    func writes(isDurable: Bool) throws {
        let path = folder.path + "/out"
        let file = try OutputFile(path: path, isDurable: isDurable)
        var expected = ""
        for index in 0..<50_000 {
            try file.writeLine("line \(index)")
            try file.append(UInt8(ascii: "."))
            expected += "line \(index)\n."
        }
        let long = String(repeating: "ä", count: 400_000)
        try file.write(long)
        try file.close()
        #expect(folder.readText(path) == expected + long)
        #expect(folder.names == ["out"])
    }

    @Test("whether a file can be written is found out without writing it")
    func checksBeforehand() throws {
        let path = folder.write("old", as: "out")
        try OutputFile.checkCanWrite(to: path)
        try OutputFile.checkCanWrite(to: folder.path + "/new")
        try OutputFile.checkCanWrite(to: "-")
        try OutputFile.checkCanWrite(to: "/dev/null")
        // No reader waits at the pipe, so opening it would wait for ever.
        let pipe = folder.makePipe()
        try OutputFile.checkCanWrite(to: pipe)
        #expect(folder.readText(path) == "old")
        #expect(folder.names == ["out", "pipe"])
        for place in [folder.path, folder.path + "/nowhere/out", ""] {
            #expect(throws: FileError.self) { try OutputFile.checkCanWrite(to: place) }
        }
    }

    @Test("a file that is dropped leaves nothing behind and the old one as it was")
    func dropsUnfinished() throws {
        let path = folder.write("old", as: "out")
        do {
            let file = try OutputFile(path: path)
            try file.write("new")
            try file.flush()
            #expect(folder.readText(path) == "old")
        }
        #expect(folder.names == ["out"])
        #expect(folder.readText(path) == "old")
    }

    @Test("a file that is replaced passes on its mode, and a link to it stays one")
    func keepsModeAndLink() throws {
        let path = folder.write("old", as: "out")
        chmod(path, 0o640)
        let link = folder.path + "/link"
        symlink("out", link)
        let file = try OutputFile(path: link, isDurable: true)
        try file.write("new")
        try file.close()
        try file.close()
        #expect(folder.readText(path) == "new")
        var status = stat()
        #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o640)
        #expect(folder.names == ["link", "out"])
    }

    @Test("a name may be as long as the file system allows")
    func writesLongName() throws {
        let name = String(repeating: "é", count: 127)
        let path = folder.write("x", as: name)
        #expect(folder.readText(path) == "x")
        #expect(folder.names == [name])
        #expect(throws: FileError.self) { try OutputFile(path: path + "é") }
    }

    @Test("places that cannot be written are errors and leave nothing behind")
    func refusesPlaces() throws {
        func code(_ path: String) -> FileError.Code? {
            do {
                _ = try OutputFile(path: path)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code("") == .notFound)
        #expect(code(folder.path) == .isDirectory)
        #expect(code(folder.path + "/") == .isDirectory)
        #expect(code(folder.path + "/none/") == .isDirectory)
        #expect(code(folder.path + "/none/out") == .notFound)
        folder.write("x", as: "file")
        #expect(code(folder.path + "/file/out") == .notFound)
        #expect(folder.names == ["file"])
    }

    @Test("a folder that appears under the name in the meantime stays, and nothing else is left")
    func refusesLateTemporaryFolder() throws {
        let path = folder.path + "/out"
        let file = try OutputFile(path: path)
        try file.write("x")
        mkdir(path, 0o700)
        defer { rmdir(path) }
        let error = #expect(throws: FileError.self) { try file.close() }
        #expect(error?.code == .isDirectory)
        #expect(folder.names == ["out"])
    }

    @Test("devices are written directly")
    func writesDevice() throws {
        for isDurable in [false, true] {
            let file = try OutputFile(path: "/dev/null", isDurable: isDurable)
            try file.write("x")
            try file.close()
        }
        var status = stat()
        #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test("a full disk is an error that stays", .enabled(if: access("/dev/full", W_OK) == 0))
    func reportsFullDisk() throws {
        let file = try OutputFile(path: "/dev/full")
        try file.write("x")
        let thrown = #expect(throws: FileError.self) { try file.close() }
        let error = try #require(thrown)
        #expect(error.code == .diskFull)
        #expect(error.path == "/dev/full")
        #expect(throws: error) { try file.close() }
        #expect(throws: error) { try file.flush() }
        #expect(throws: error) { try file.write("x") }
        #expect(throws: error) { try file.append(0) }
    }

    @Test("a reader that goes away is an error")
    func reportsBrokenPipe() throws {
        signal(SIGPIPE, SIG_IGN)
        let path = folder.makePipe()
        let reading = open(path, O_RDONLY | O_NONBLOCK)
        let file = try OutputFile(path: path)
        try file.write("x")
        try file.flush()
        close(reading)
        try file.write("y")
        let error = #expect(throws: FileError.self) { try file.close() }
        #expect(error?.code == .brokenPipe)
        #expect(folder.names == ["pipe"])
    }

    @Test("standard output is written and stays open")
    func writesStandardOutput() async throws {
        let result = await #expect(
            processExitsWith: .success,
            observing: [\.standardOutputContent]
        ) {
            for line in ["one", "two"] {
                let file = try OutputFile(path: "-", isDurable: true)
                try file.writeLine(line)
                try file.close()
            }
        }
        let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        #expect(output.contains("one\ntwo\n"))
    }

    #if os(Linux)
        @Test("a disk that fills up in the middle leaves nothing behind")
        func removesUnfinishedFile() async {
            await #expect(processExitsWith: .success) {
                signal(SIGXFSZ, SIG_IGN)
                let folder = try TemporaryFolder()
                let path = folder.write("old", as: "out")
                var limit = rlimit(rlim_cur: 1 << 20, rlim_max: 1 << 20)
                setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
                let file = try OutputFile(path: path)
                let error = #expect(throws: FileError.self) {
                    for _ in 0..<1_000_000 { try file.writeLine("line") }
                }
                #expect(error?.code == .diskFull)
                #expect(folder.names == ["out"])
                #expect(folder.readText(path) == "old")
            }
        }
    #endif
}
