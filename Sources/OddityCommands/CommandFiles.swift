internal import ArgumentParser
internal import OddityDatasets
internal import OddityFailures
internal import OddityFiles
internal import OddityImages
internal import OddityModelFiles
internal import OddityPlatform
internal import OddityRecords

/// Refuses an output that would replace an input, by whatever name: a file, or an image of a folder.
func checkOutput(_ output: String?, isNoneOf inputs: [String]) throws {
    guard let output, let target = FileTarget(path: output) else { return }
    let ofTables = inputs.first { TableFiles.areIn(folder: $0) && !isImages($0) }
    if let ofTables, isInside(output, ofTables), TableFiles.isTable(output) {
        throw ValidationError(
            "\(shownPath(output)) is in the folder that is read; name a file outside of it"
        )
    }
    let same = inputs.flatMap { isImages($0) ? [$0] : TableFiles.behind($0) }.first { input in
        switch Folder.kind(of: input) {
        case .folder: isImage(output, in: input)
        default: (input == "-" ? .standardInput : FileTarget(path: input)) == target
        }
    }
    guard let same else { return try refuse(output, matchedBy: inputs) }
    guard same != "-" else {
        throw ValidationError(
            "\(shownPath(output)) is read as standard input, so it cannot be the output; name another file"
        )
    }
    throw ValidationError(
        "\(shownPath(Folder.kind(of: same) == .folder ? output : same)) is read, so it cannot be the "
            + "output; name another file"
    )
}

/// Refuses an output that the pattern of an input matches: the next run would read it.
private func refuse(_ output: String, matchedBy inputs: [String]) throws {
    guard let pattern = inputs.first(where: { TableFiles.isMatched(output, by: $0) }) else {
        return
    }
    throw ValidationError(
        "\(shownPath(output)) would be read for \(shownPath(pattern)) the next time; name a file that it does not match"
    )
}

/// Refuses a folder of outputs in one of inputs, where the next run would read them.
func checkOutputFolder(_ output: String?, isOutside input: String) throws {
    guard let output, Folder.kind(of: input) == .folder, isInside(output, input) else { return }
    throw ValidationError(
        "\(shownPath(output)) is in the folder that is read; name a folder outside of it"
    )
}

/// Whether two of some outputs are one file, by whatever names.
func haveOneTarget(_ outputs: [String?]) -> Bool {
    let paths = outputs.compactMap { $0 }
    guard Set(paths).count == paths.count else { return true }
    let targets = paths.compactMap { FileTarget(path: $0) }
    return Set(targets).count < targets.count
}

/// Whether an output is one of the images that a folder gives.
private func isImage(_ output: String, in folder: String) -> Bool {
    Folder.kind(of: output) == .file && isInside(output, folder) && isImages(output)
}

private func isInside(_ path: String, _ folder: String) -> Bool {
    guard let folder = Folder.resolved(folder) else { return false }
    // What does not exist yet lies where its folder is.
    let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let around = parent.isEmpty ? "." : parent == [""] ? "/" : parent.joined(separator: "/")
    guard let real = Folder.resolved(path) ?? Folder.resolved(around) else { return false }
    return real == folder || real.hasPrefix(folder == "/" ? "/" : folder + "/")
}
