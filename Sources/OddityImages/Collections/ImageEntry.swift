internal import OddityFiles

/// A file of a folder of images.
struct ImageEntry: Sendable {
    var path: String
    /// The path below the folder.
    var name: String
    var part: ImagePart?
    var label: ImageLabel?
    var maskPath: String?
}

/// Looks through a folder and the folders in it.
struct FolderWalk {
    private static let maximumDepth = 32

    let root: String
    private(set) var names: [String] = []
    private var seen: Set<Folder.Identity> = []

    init(_ root: String) throws(ImageError) {
        self.root = root
        do throws(FileError) {
            try visit("", depth: 0)
        } catch {
            throw ImageError(error)
        }
        names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The files that are images by their ending, with what the folders say of them.
    func entries() throws(ImageError) -> [ImageEntry] {
        let parts = names.map { $0.split(separator: "/").map(String.init) }
        // The data set's parts count only where one of them holds `good`.
        let hasParts = parts.contains {
            $0.count > 2 && Self.part($0[0]) != nil && Self.isGood($0[1])
        }
        let hasKinds = !hasParts && parts.contains { $0.count > 1 && Self.isGood($0[0]) }
        if !hasParts, !hasKinds,
            let deep = parts.first(where: { $0.dropLast().contains(where: Self.isGood) })
        {
            let end = deep.dropLast().firstIndex(where: Self.isGood) ?? 0
            let start = end > 0 && Self.part(deep[end - 1]) != nil ? end - 1 : end
            throw ImageError(
                .severalDataSets,
                "the folder \(deep[end]) lies deeper; give the folder of one data set, such as"
                    + " \(deep[..<start].joined(separator: "/"))",
                file: root
            )
        }
        var entries: [ImageEntry] = []
        for (name, folders) in zip(names, parts) {
            var entry = ImageEntry(path: root + "/" + name, name: name)
            if hasParts {
                // The masks lie beside the parts.
                guard let part = Self.part(folders[0]) else { continue }
                entry.part = part
                if folders.count > 2 { entry.label = Self.label(folders[1]) }
                entry.maskPath = maskPath(of: folders.dropFirst(), in: root)
            } else if hasKinds {
                if folders[0] == Self.masks { continue }
                if folders.count > 1 { entry.label = Self.label(folders[0]) }
                entry.maskPath =
                    maskPath(of: folders[...], in: root)
                    ?? maskPath(of: folders[...], in: root + "/..")
            }
            entries.append(entry)
        }
        return entries
    }

    private static let masks = "ground_truth"

    private static func part(_ name: String) -> ImagePart? {
        ImagePart(rawValue: name.lowercased())
    }

    /// A folder `Good` means the same: were it taken for a defect, a fit would learn from all others.
    private static func isGood(_ name: String) -> Bool {
        ImageLabel.normalFolders.contains(name.lowercased())
    }

    /// The folders that tell kinds apart, where none of them says which is normal: several beside one another at the
    /// top, with images in them.
    static func unclearKinds(_ entries: [ImageEntry]) -> [String] {
        guard !entries.contains(where: { $0.label != nil }) else { return [] }
        var folders: [String] = []
        for entry in entries {
            let parts = entry.name.split(separator: "/")
            guard parts.count > 1 else { return [] }
            let first = String(parts[0])
            if folders.last != first { folders.append(first) }
        }
        return folders.count > 1 ? folders : []
    }

    private static func label(_ name: String) -> ImageLabel {
        ImageLabel(kind: isGood(name) ? ImageLabel.normalKind : name)
    }

    /// The mask of `kind/…/name.png`, which is `ground_truth/kind/…/name_mask.png`, or without `_mask`.
    private func maskPath(of folders: ArraySlice<String>, in root: String) -> String? {
        guard folders.count > 1, let file = folders.last else { return nil }
        let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
        let folder = ([root, Self.masks] + folders.dropLast()).joined(separator: "/")
        return ["\(folder)/\(stem)_mask.png", "\(folder)/\(stem).png"].first {
            Folder.kind(of: $0) == .file
        }
    }

    private mutating func visit(_ below: String, depth: Int) throws(FileError) {
        let folder = Folder(path: below.isEmpty ? root : root + "/" + below)
        // A link may lead back to a folder that holds it.
        if let identity = folder.identity, !seen.insert(identity).inserted { return }
        for name in try folder.names() {
            let path = below.isEmpty ? name : below + "/" + name
            switch Folder.kind(of: root + "/" + path) {
            case .folder where depth < Self.maximumDepth: try visit(path, depth: depth + 1)
            case .folder: break
            // What cannot be looked at, or is a pipe, is named when it is read.
            default: if Self.isImage(name) { names.append(path) }
            }
        }
    }

    private static func isImage(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return ImageFormat.extensions.contains(name[name.index(after: dot)...].lowercased())
    }
}
