#include "html/foreign_names.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>

namespace forage::detail::dom {
namespace {

bool is_less(std::string_view written, std::string_view lower) noexcept {
    return std::lexicographical_compare(written.begin(), written.end(), lower.begin(), lower.end(), [](char a, char b) {
        return to_lower(a) < to_lower(b);
    });
}

constexpr auto svg_elements = std::to_array<std::string_view>({
    "altGlyph",
    "altGlyphDef",
    "altGlyphItem",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "clipPath",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "foreignObject",
    "glyphRef",
    "linearGradient",
    "radialGradient",
    "textPath",
});

constexpr auto svg_attributes = std::to_array<std::string_view>({
    "attributeName",
    "attributeType",
    "baseFrequency",
    "baseProfile",
    "calcMode",
    "clipPathUnits",
    "diffuseConstant",
    "edgeMode",
    "filterUnits",
    "glyphRef",
    "gradientTransform",
    "gradientUnits",
    "kernelMatrix",
    "kernelUnitLength",
    "keyPoints",
    "keySplines",
    "keyTimes",
    "lengthAdjust",
    "limitingConeAngle",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "maskContentUnits",
    "maskUnits",
    "numOctaves",
    "pathLength",
    "patternContentUnits",
    "patternTransform",
    "patternUnits",
    "pointsAtX",
    "pointsAtY",
    "pointsAtZ",
    "preserveAlpha",
    "preserveAspectRatio",
    "primitiveUnits",
    "refX",
    "refY",
    "repeatCount",
    "repeatDur",
    "requiredExtensions",
    "requiredFeatures",
    "specularConstant",
    "specularExponent",
    "spreadMethod",
    "startOffset",
    "stdDeviation",
    "stitchTiles",
    "surfaceScale",
    "systemLanguage",
    "tableValues",
    "targetX",
    "targetY",
    "textLength",
    "viewBox",
    "viewTarget",
    "xChannelSelector",
    "yChannelSelector",
    "zoomAndPan",
});

template <std::size_t Size>
std::string_view find(const std::array<std::string_view, Size>& written, std::string_view lower) noexcept {
    const auto found = std::lower_bound(written.begin(), written.end(), lower, is_less);
    return found != written.end() && equals_ignoring_case(*found, lower) ? *found : lower;
}

}  // namespace

std::string_view element_name_in(name_space in, std::string_view lower) noexcept {
    return in == name_space::svg ? find(svg_elements, lower) : lower;
}

std::string_view attribute_name_in(name_space in, std::string_view lower) noexcept {
    if (in == name_space::mathml && lower == "definitionurl") return "definitionURL";
    return in == name_space::svg ? find(svg_attributes, lower) : lower;
}

}  // namespace forage::detail::dom
