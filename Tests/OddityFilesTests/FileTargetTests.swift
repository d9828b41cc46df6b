import OddityFiles
import OddityPlatform
import TestSupport
import Testing

@Suite("What a path leads to")
struct FileTargetTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { folder.path + "/" + name }

    @Test("other spellings, links and hard links of a file have its target")
    func findsNamesOfOneFile() throws {
        let file = folder.write("x", as: "file")
        let target = try #require(FileTarget(path: file))
        symlink("file", path("soft"))
        symlink("soft", path("softer"))
        link(file, path("hard"))
        let folderName = folder.path.split(separator: "/").last.map(String.init) ?? ""
        for name in ["./file", "soft", "softer", "hard", "../\(folderName)/file", ".//file"] {
            #expect(FileTarget(path: path(name)) == target, "\(name)")
        }
        folder.write("x", as: "other")
        #expect(FileTarget(path: path("other")) != target)
    }

    @Test("a file that does not exist yet is known by its folder and name, and through links")
    func findsFutureFiles() throws {
        let target = try #require(FileTarget(path: path("new")))
        symlink("new", path("dangling"))
        symlink(path("dangling"), path("farther"))
        for name in ["./new", "dangling", "farther"] {
            #expect(FileTarget(path: path(name)) == target, "\(name)")
        }
        #expect(FileTarget(path: path("newer")) != target)
        // Once it is there, all its names have another target, and the same one.
        folder.write("x", as: "new")
        #expect(FileTarget(path: path("dangling")) == FileTarget(path: path("new")))
    }

    @Test("what can be no file has no target")
    func refusesOthers() {
        symlink("loop", path("loop"))
        for path in [
            "-", folder.path, path("none/file"), "/dev/null", folder.makePipe(), path("loop"),
        ] {
            #expect(FileTarget(path: path) == nil, "\(path)")
        }
    }

    @Test("a link to nothing stays one: the file that it leads to is written")
    func writesThroughDanglingLinks() throws {
        symlink("new", path("dangling"))
        let file = try OutputFile(path: path("dangling"))
        try file.write("text")
        try file.close()
        #expect(folder.readText(path("new")) == "text")
        var status = stat()
        #expect(lstat(path("dangling"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        symlink("loop", path("loop"))
        #expect(throws: FileError.self) { try OutputFile(path: path("loop")) }
    }
}
