using System.Xml.Linq;

namespace ServerlessCqrs.Aws.Wire;

/// <summary>Reads XML by local name, because the services' namespaces contain only their version.</summary>
internal static class Xml
{
    public static XElement? Child(this XElement? element, string name) =>
        element?.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    public static string? Text(this XElement? element, string name) => element.Child(name)?.Value;

    /// <summary>
    /// Returns the items of a Query list, or null if there are none, as the SDK does unless it initializes collections.
    /// </summary>
    public static List<T>? Members<T>(this XElement? list, Func<XElement, T> read)
    {
        List<T> members = [.. (list?.Elements() ?? []).Where(item => item.Name.LocalName == "member").Select(read)];
        return members.Count == 0 ? null : members;
    }
}
