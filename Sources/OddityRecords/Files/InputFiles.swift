package import OddityDatasets
package import OddityFailures
internal import OddityImages
internal import OddityModelFiles
internal import OddityPlatform

/// A file of one kind in the place of the other.
package struct MisplacedFile: Failure {
    package let description: String

    package init(description: String) { self.description = description }

    package var blame: Blame { .data }
    package var namesItsFile: Bool { true }
}

/// Opens the rows of a command.
package func openTable(_ path: String, _ options: ReadingOptions) throws -> any TableSource {
    try refuseModel(path)
    return try TableFormats.open(path, options)
}

/// Refuses a model where data is needed.
package func refuseModel(_ path: String) throws {
    guard isModel(path) else { return }
    throw MisplacedFile(description: "\(path): this is a model; give a CSV file of rows here")
}

/// Whether a path leads to what looks like a model.
package func isModel(_ path: String) -> Bool {
    // A pipe must not be opened to look: what its writer sent would be lost.
    guard path != "-", let status = status(path), status.st_mode & S_IFMT == S_IFREG else {
        return false
    }
    return ModelArchive.looksLikeModel(path: path)
}

/// Whether a path leads to images and not to a table.
package func isImages(_ path: String) -> Bool {
    guard ImageCollection.isImages(path: path) else { return false }
    // A folder of tables is one that holds no images.
    return !TableFiles.areIn(folder: path) || (try? ImageCollection(path: path)) != nil
}

private func status(_ path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
}

/// The last part of a path.
package func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}

/// A path as messages show it.
package func shownPath(_ path: String) -> String {
    path == "-" ? "standard input" : printablePath(path)
}
