internal import COddityInterface
internal import OddityArrays
internal import OddityImages

/// Images that a program in C holds.
final class ImageHandle: Sendable {
    let collection: ImageCollection

    init(_ collection: ImageCollection) { self.collection = collection }

    func exported() -> OpaquePointer { OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

    /// The images behind a pointer.
    ///
    /// - Throws: ``InvalidArgument`` for NULL.
    static func collection(_ pointer: OpaquePointer?) throws(InvalidArgument) -> ImageCollection {
        guard let pointer else { throw InvalidArgument("the images are NULL; open some") }
        return Unmanaged<ImageHandle>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
            .collection
    }
}

/// `oddity_images_open` of `oddity.h`.
@_cdecl("oddity_images_open")
public func imagesOpen(
    _ paths: UnsafePointer<UnsafePointer<CChar>?>?,
    _ pathCount: Int,
    _ skipsBroken: Bool,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    reporting(error, orReturn: nil) {
        guard let paths, pathCount > 0 else {
            throw InvalidArgument("there are no paths of images; give at least one")
        }
        let texts = try (0..<pathCount).map { try text(paths[$0], "path \($0 + 1)") }
        let options = ImageReadingOptions(brokenImages: skipsBroken ? .skip : .fail)
        let collection =
            texts.count == 1
            ? try ImageCollection(path: texts[0], options: options)
            : try ImageCollection(files: texts, options: options)
        return ImageHandle(collection).exported()
    }
}

/// `oddity_images_of_array` of `oddity.h`.
@_cdecl("oddity_images_of_array")
public func imagesOfArray(
    _ values: UnsafeRawPointer?,
    _ type: Int32,
    _ shape: UnsafePointer<Int>?,
    _ dimensionCount: Int,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    reporting(error, orReturn: nil) {
        guard let shape, 3...4 ~= dimensionCount else {
            throw InvalidArgument(
                "the array has \(dimensionCount) dimensions; give 3 or 4: count, height, width[, channels]"
            )
        }
        let lengths = Array(UnsafeBufferPointer(start: shape, count: dimensionCount))
        guard lengths.allSatisfy({ 0...1 << 40 ~= $0 }) else {
            throw InvalidArgument("the array has more numbers than any memory holds")
        }
        let element = try element(type)
        var size = element.byteCount
        for length in lengths {
            let (product, isBeyond) = size.multipliedReportingOverflow(by: length)
            guard !isBeyond else {
                throw InvalidArgument("the array has more numbers than any memory holds")
            }
            size = product
        }
        guard values != nil || size == 0 else {
            throw InvalidArgument("the numbers of the images are NULL; give them")
        }
        let array = try ArrayFile(
            memory: UnsafeRawBufferPointer(start: values, count: size),
            element: element,
            shape: lengths,
            name: imageMemoryName
        )
        return ImageHandle(try ImageCollection(array, name: imageMemoryName)).exported()
    }
}

/// What errors call images in memory.
private let imageMemoryName = "images in memory"

private func element(_ type: Int32) throws(InvalidArgument) -> ArrayElement {
    switch Int(type) {
    case ODDITY_FLOAT64: return ArrayElement(kind: .float, byteCount: 8)
    case ODDITY_FLOAT32: return ArrayElement(kind: .float, byteCount: 4)
    case ODDITY_INT64: return ArrayElement(kind: .signed, byteCount: 8)
    case ODDITY_UINT8: return ArrayElement(kind: .unsigned, byteCount: 1)
    case ODDITY_UINT16: return ArrayElement(kind: .unsigned, byteCount: 2)
    default:
        throw InvalidArgument(
            "the type of the numbers is \(type); give ODDITY_UINT8 or another of numbers"
        )
    }
}

/// `oddity_images_count` of `oddity.h`.
@_cdecl("oddity_images_count")
public func imagesCount(_ images: OpaquePointer?) -> Int {
    (try? ImageHandle.collection(images).count) ?? 0
}

/// `oddity_images_name` of `oddity.h`.
@_cdecl("oddity_images_name")
public func imagesName(
    _ images: OpaquePointer?,
    _ index: Int,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutablePointer<CChar>? {
    reporting(error, orReturn: nil) {
        let collection = try ImageHandle.collection(images)
        return copied(collection.name(at: try checked(index, of: collection)))
    }
}

/// `oddity_images_free` of `oddity.h`.
@_cdecl("oddity_images_free")
public func imagesFree(_ images: OpaquePointer?) {
    guard let images else { return }
    Unmanaged<ImageHandle>.fromOpaque(UnsafeRawPointer(images)).release()
}

/// The number of an image.
///
/// - Throws: ``InvalidArgument`` for one that there is not.
func checked(_ index: Int, of collection: ImageCollection) throws(InvalidArgument) -> Int {
    guard 0..<collection.count ~= index else {
        throw InvalidArgument(
            "image \(index) is asked for, and there are \(collection.count), counted from 0"
        )
    }
    return index
}
