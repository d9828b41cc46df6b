import OddityPlatform

extension OutputFile {
    /// The name that a file gets on closing, and the one by which it takes an old file's place.
    ///
    /// A file without a name gets one for a moment in the folder of temporary files, where that is on the same
    /// disk, and a hidden one beside the target elsewhere; where the system knows no unnamed files, it has
    /// the hidden one from the start. The file is locked as long as its writer lives, so that the next writer
    /// knows what killed ones have left, and removes it.
    struct Replacement {
        private(set) var temporary: String
        let target: String
        /// The folder of both.
        let folder: String
        /// Whether the file has no name before it is complete, so that not even a crash leaves it.
        var isUnnamed = false
        private let prefix: String

        /// What ends a hidden name.
        private static let suffix = ".oddity-part"

        init(of target: String) {
            self.target = target
            let (folder, name) = splitPath(target)
            self.folder = folder.isEmpty ? "." : folder
            // A name may have 255 bytes; the rest is for the dots, the number and the suffix.
            let start = String(decoding: name.utf8.prefix(200), as: UTF8.self)
            prefix = ".\(start)."
            let number = String(UInt64.random(in: .min ... .max), radix: 36)
            temporary = "\(folder)\(prefix)\(number)\(Replacement.suffix)"
        }

        /// Says that the writer lives; a killed one's lock is gone.
        func lock(_ descriptor: Descriptor) {
            // A file system without locks only keeps hidden files from being removed.
            _ = flock(descriptor.number, LOCK_EX | LOCK_NB)
        }

        /// Gives an unnamed file a name from which it can be renamed to its own.
        ///
        /// - Returns: 0, or the `errno` of the error.
        mutating func name(_ descriptor: Descriptor) -> Int32 {
            guard isUnnamed else { return 0 }
            let hidden = temporary
            if let stage = StagingFolder(for: folder) {
                temporary = stage.path + "/" + splitPath(hidden).name
                if link(descriptor, temporary) == 0 { return 0 }
                temporary = hidden
            }
            return link(descriptor, hidden)
        }

        private func link(_ descriptor: Descriptor, _ path: String) -> Int32 {
            let source = "/proc/self/fd/\(descriptor.number)"
            let result = linkat(AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW)
            return result == 0 ? 0 : errno
        }

        /// Removes what was written.
        func discard() {
            if !isUnnamed { unlink(temporary) }
        }

        /// Removes what killed writers of the same name left beside it.
        func removeLeftovers() {
            removeUnlocked(in: folder, where: isHiddenName)
        }

        private func isHiddenName(_ name: String) -> Bool {
            guard name.hasPrefix(prefix), name.hasSuffix(Replacement.suffix) else { return false }
            let number = name.dropFirst(prefix.count).dropLast(Replacement.suffix.count)
            return !number.isEmpty && UInt64(number, radix: 36) != nil
        }

        /// Makes the new name survive a power failure, where the file system can.
        func synchronizeFolder() {
            let descriptor = Descriptor.opening(folder, O_RDONLY)
            guard descriptor.isOpen else { return }
            _ = fsync(descriptor.number)
            descriptor.close()
        }
    }
}

/// A folder of one user among the temporary files, to give files a name for a moment.
///
/// What a killed program leaves there is removed by the next one, or by the system.
private struct StagingFolder {
    let path: String

    /// Makes the folder; nil where it is not on the disk of another one, or not this user's alone.
    init?(for folder: String) {
        path = ScratchFile.folder() + "/oddity-\(getuid())"
        mkdir(path, 0o700)
        var (own, other) = (stat(), stat())
        guard lstat(path, &own) == 0, stat(folder, &other) == 0, own.st_dev == other.st_dev,
            own.st_mode & S_IFMT == S_IFDIR, own.st_uid == getuid(), own.st_mode & 0o077 == 0
        else { return nil }
        removeUnlocked(in: path) { _ in true }
    }
}

/// Removes the files of a folder whose writers are gone.
private func removeUnlocked(in folder: String, where isLeftover: (String) -> Bool) {
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard name != ".", name != "..", isLeftover(name) else { continue }
        let path = folder + "/" + name
        let file = Descriptor.opening(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        guard file.isOpen else { continue }
        if flock(file.number, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
        file.close()
    }
}
