public import COddityInterface
internal import OddityDetectors
internal import OddityImages
internal import OddityPlatform

/// `oddity_model_score_images` of `oddity.h`.
@_cdecl("oddity_model_score_images")
public func modelScoreImages(
    _ model: OpaquePointer?,
    _ images: OpaquePointer?,
    _ first: Int,
    _ count: Int,
    _ threadCount: Int32,
    _ scores: UnsafePointer<oddity_scores>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Bool {
    reporting(error, orReturn: false) {
        let detector = try ModelHandle.images(model)
        let collection = try ImageHandle.collection(images)
        let threadCount = try threads(threadCount)
        guard first >= 0, count >= 0, first <= collection.count, count <= collection.count - first
        else {
            throw InvalidArgument(
                "\(count) images from \(first) on are asked for, and there are \(collection.count)"
            )
        }
        let output = ScoreOutput(scores)
        for row in 0..<count { output.write(nil, judged: nil, row: row) }
        let size = detector.preparer?.suggestedChunkSize ?? max(1, count)
        for start in stride(from: first, to: first + count, by: size) {
            let batch = try detector.prepared(
                collection,
                in: start..<min(start + size, first + count),
                threadCount: threadCount
            )
            let verdicts = try detector.verdicts(of: batch, threadCount: threadCount)
            for (image, verdict) in zip(batch.images, verdicts) {
                output.write(verdict, judged: verdict.score, row: image.index - first)
            }
        }
        return true
    }
}

/// `oddity_model_map_image` of `oddity.h`.
@_cdecl("oddity_model_map_image")
public func modelMapImage(
    _ model: OpaquePointer?,
    _ images: OpaquePointer?,
    _ index: Int,
    _ threadCount: Int32,
    _ map: UnsafeMutablePointer<oddity_heat_map>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Bool {
    reporting(error, orReturn: false) {
        guard let map else { throw InvalidArgument("the place for the map is NULL") }
        let detector = try ModelHandle.images(model)
        let collection = try ImageHandle.collection(images)
        let index = try checked(index, of: collection)
        let threadCount = try threads(threadCount)
        let batch = try detector.prepared(
            collection,
            in: index..<index + 1,
            threadCount: threadCount
        )
        guard let image = batch.images.first else {
            throw batch.skipped[0].error
        }
        let explained = try detector.explained(image, of: batch, threadCount: threadCount)
        map.pointee = oddity_heat_map(
            height: image.size.height,
            width: image.size.width,
            channels: detector.shape.channels,
            heat: copied(explained.heatMap),
            expected: copied(image.image(of: explained.reconstruction).elements)
        )
        return true
    }
}

/// `oddity_heat_map_free` of `oddity.h`.
@_cdecl("oddity_heat_map_free")
public func heatMapFree(_ map: UnsafeMutablePointer<oddity_heat_map>?) {
    guard let map else { return }
    free(map.pointee.heat)
    free(map.pointee.expected)
    map.pointee = oddity_heat_map()
}

/// Numbers for C, which are freed.
private func copied(_ numbers: [Float]) -> UnsafeMutablePointer<Float> {
    let size = numbers.count * MemoryLayout<Float>.stride
    guard let memory = malloc(max(1, size)) else {
        preconditionFailure("there is no memory for an image")
    }
    memory.copyMemory(from: numbers, byteCount: size)
    return memory.assumingMemoryBound(to: Float.self)
}
