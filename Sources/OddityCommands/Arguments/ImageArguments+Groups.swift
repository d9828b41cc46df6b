internal import ArgumentParser
internal import OddityFailures
internal import OddityFiles
internal import OddityImages
internal import OddityRecords

extension ImageArguments {
    /// The pattern that tells groups; nil where none was given.
    func grouping() throws -> Regex<AnyRegexOutput>? {
        guard let group else { return nil }
        do {
            return try Regex(group)
        } catch {
            throw ValidationError(
                "--group takes a regular expression, such as 'piece([0-9]+)', and '\(printable(group))' is none: \(error)"
            )
        }
    }

    /// For each image the number of its group; nil where none were asked for.
    ///
    /// - Parameter foldCount: how many groups there must be.
    func groups(of images: ImageCollection, foldCount: Int) throws -> [Int]? {
        guard let group, let pattern = try grouping() else { return nil }
        guard Folder.kind(of: images.path) == .folder else {
            throw ValidationError(
                "--group looks at the paths of images in a folder, and \(shownPath(images.path)) is none"
            )
        }
        var matchCount = 0
        let groups = try images.groups { name in
            let piece = try Self.piece(pattern, name)
            if piece != nil { matchCount += 1 }
            return piece
        }
        let shown = "--group '\(printable(group))'"
        guard matchCount > 0 else {
            throw ValidationError(
                "\(shown) matches none of the \(grouped(images.count)) images; "
                    + "give a pattern of their paths in the folder, such as \(printable(images.name(at: 0)))"
            )
        }
        let count = Set(groups).count
        guard count >= foldCount else {
            let fewer = count >= 2 ? ", or --folds \(count)" : ""
            throw ValidationError(
                "\(shown) tells \(counted(count, "group")), and \(foldCount) folds need at least \(foldCount); "
                    + "give a pattern that tells more pieces apart\(fewer)"
            )
        }
        return groups
    }

    /// What the pattern finds of a piece in an image's path; nil where it does not match, or where its first
    /// parentheses take no part.
    private static func piece(
        _ pattern: Regex<AnyRegexOutput>,
        _ name: String
    ) throws -> Substring? {
        guard let match = try pattern.firstMatch(in: name)?.output else { return nil }
        return match[match.count > 1 ? 1 : 0].substring
    }
}
