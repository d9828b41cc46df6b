package import OddityFailures
package import OddityImages

/// Tells which images show one piece, by a regular expression of their paths: `--group`.
package struct ImageGroupPattern {
    private let text: String
    private let expression: Regex<AnyRegexOutput>

    /// Reads a pattern.
    ///
    /// - Throws: ``ImageGroupProblem`` for what is no regular expression.
    package init(_ text: String) throws(ImageGroupProblem) {
        self.text = printable(text)
        do {
            expression = try Regex(text)
        } catch {
            throw ImageGroupProblem(
                "--group takes a regular expression, such as 'piece([0-9]+)', and '\(printable(text))' is none: \(error)"
            )
        }
    }

    /// For each image the number of its group.
    ///
    /// Images are of one group whose paths have the same text in the first parentheses, or in all that is matched where there
    /// are none. An image that is not matched is a group of its own.
    ///
    /// - Parameter foldCount: how many groups there must be.
    /// - Throws: ``ImageGroupProblem`` for images of an array, and where the pattern tells too few groups.
    package func groups(
        of images: ImageCollection,
        foldCount: Int
    ) throws(ImageGroupProblem) -> [Int] {
        guard !images.isArray else {
            throw ImageGroupProblem(
                "--group looks at the paths of images, and those in \(shownPath(images.path)) have none"
            )
        }
        let pieces = (0..<images.count).map { piece(images.name(at: $0)) }
        guard pieces.contains(where: { $0 != nil }) else {
            throw ImageGroupProblem(
                "--group '\(text)' matches none of the \(counted(images.count, "image")); "
                    + "give a pattern of their paths, such as \(printable(images.name(at: 0)))"
            )
        }
        let groups = ImageCollection.groups(of: pieces)
        let count = Set(groups).count
        guard count >= foldCount else {
            let fewer = count >= 2 ? ", or --folds \(count)" : ""
            throw ImageGroupProblem(
                "--group '\(text)' tells \(counted(count, "group")), and \(foldCount) folds need at least \(foldCount); "
                    + "give a pattern that tells more pieces apart\(fewer)"
            )
        }
        return groups
    }

    /// What is found of a piece in an image's path; nil where the pattern does not match, or where its first
    /// parentheses take no part.
    private func piece(_ name: String) -> Substring? {
        guard let match = try? expression.firstMatch(in: name)?.output else { return nil }
        return match[match.count > 1 ? 1 : 0].substring
    }
}

/// A pattern that cannot tell groups of images.
package struct ImageGroupProblem: Failure {
    package let description: String
    package var blame: Blame { .caller }

    init(_ description: String) { self.description = description }
}
