internal import ArgumentParser
internal import OddityImages
internal import OddityRecords

extension ImageArguments {
    /// The pattern that tells groups; nil where none was given.
    func grouping() throws -> ImageGroupPattern? {
        try validating { try group.map { try ImageGroupPattern($0) } }
    }

    /// For each image the number of its group; nil where none were asked for.
    ///
    /// - Parameter foldCount: how many groups there must be.
    func groups(of images: ImageCollection, foldCount: Int) throws -> [Int]? {
        let pattern = try grouping()
        return try validating { try pattern?.groups(of: images, foldCount: foldCount) }
    }

    private func validating<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let problem as ImageGroupProblem {
            throw ValidationError(problem.description)
        }
    }
}
