import OddityPlatform

extension OutputFile {
    /// The name that a file gets on closing, and the hidden one by which it takes an old file's place.
    ///
    /// A hidden name is needed where the name is taken, or where the system has no unnamed files. The file
    /// is locked as long as its writer lives, so that the next writer of the name knows the hidden files
    /// of killed ones, and removes them.
    struct Replacement {
        let temporary: String
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

        /// Gives an unnamed file its name where nothing has it, else the hidden one.
        ///
        /// - Returns: whether the name is final, or the `errno` of the error.
        func name(_ descriptor: Descriptor) -> (isFinal: Bool, code: Int32) {
            guard isUnnamed else { return (false, 0) }
            let code = link(descriptor, target)
            guard code == EEXIST else { return (code == 0, code) }
            return (false, link(descriptor, temporary))
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

        /// Removes the hidden files that killed writers of the same name left.
        func removeLeftovers() {
            guard let stream = opendir(folder) else { return }
            defer { closedir(stream) }
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard isHiddenName(name) else { continue }
                let path = splitPath(target).folder + name
                let file = Descriptor.opening(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
                guard file.isOpen else { continue }
                if flock(file.number, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
                file.close()
            }
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
