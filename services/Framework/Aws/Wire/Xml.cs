using System.Xml.Linq;

namespace ServerlessCqrs.Aws.Wire;

/// <summary>Reads XML by local name: the services' namespaces carry only their version.</summary>
internal static class Xml
{
    public static XElement? Child(this XElement? element, string name) =>
        element?.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    public static string? Text(this XElement? element, string name) => element.Child(name)?.Value;

    /// <summary>The items of a Query list, or null when there are none: what the SDK gives unless told to initialize collections.</summary>
    public static List<T>? Members<T>(this XElement? list, Func<XElement, T> read)
    {
        List<T> members = [.. (list?.Elements() ?? []).Where(item => item.Name.LocalName == "member").Select(read)];
        return members.Count == 0 ? null : members;
    }
}
