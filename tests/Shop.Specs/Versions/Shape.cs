using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs.Versions;

/// <summary>One field of a message's JSON: its kind, and whether it may be null or missing.</summary>
internal sealed record ShapeField(
    string Kind,
    bool IsNullable,
    bool IsOptional)
{
    private const string OrNull = " or null";
    private const string Optional = ", optional";

    public override string ToString() => $"{Kind}{(IsNullable ? OrNull : "")}{(IsOptional ? Optional : "")}";

    public static ShapeField Parse(string text)
    {
        var isOptional = text.EndsWith(Optional, StringComparison.Ordinal);
        if (isOptional) text = text[..^Optional.Length];
        var isNullable = text.EndsWith(OrNull, StringComparison.Ordinal);
        return new ShapeField(isNullable ? text[..^OrNull.Length] : text, isNullable, isOptional);
    }
}

/// <summary>
/// The JSON shape of one version of a message: every field by its path, for example <c>images[].url: text</c>. It is
/// stored as lines under a heading.
/// </summary>
internal sealed record Shape(
    string Name,
    int Version,
    IReadOnlyDictionary<string, ShapeField> Fields)
{
    private const string Indent = "  ";

    public string Head => $"{Name} v{Version}";

    public static Shape Of(WireContracts contracts, Type type)
    {
        var fields = new Dictionary<string, ShapeField>();
        AddFields(contracts.JsonOf(type), "", fields);
        return new Shape(contracts.NameOf(type).Name, contracts.NameOf(type).Version, fields);
    }

    public static IReadOnlyList<Shape> Parse(string text)
    {
        List<Shape> shapes = [];
        Dictionary<string, ShapeField> fields = [];
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith(Indent, StringComparison.Ordinal))
            {
                var (path, field) = (line.Trim().Split(": ", 2)[0], line.Trim().Split(": ", 2)[1]);
                fields.Add(path, ShapeField.Parse(field));
                continue;
            }

            var words = line.Split(" v");
            shapes.Add(new Shape(words[0], int.Parse(words[1]), fields = []));
        }

        return shapes;
    }

    /// <summary>
    /// Returns true if this shape has the parent of the path. Fields inside a new or removed field are not separate
    /// changes.
    /// </summary>
    public bool Holds(string path) => ShapeChange.ParentOf(path) is var parent && (parent.Length == 0 || Fields.ContainsKey(parent));

    public override string ToString() => string.Concat(Fields.Select(field => $"{Indent}{field.Key}: {field.Value}\n").Prepend($"{Head}\n"));

    private static void AddFields(JsonTypeInfo json, string path, Dictionary<string, ShapeField> fields)
    {
        foreach (var property in json.Properties)
        {
            var nullability = new NullabilityInfoContext().Create((PropertyInfo)property.AttributeProvider!);
            Add(json, property.PropertyType, $"{path}{property.Name}", nullability, isOptional: !property.IsRequired, fields);
        }
    }

    private static void Add(JsonTypeInfo within, Type type, string path, NullabilityInfo nullability, bool isOptional, Dictionary<string, ShapeField> fields)
    {
        var json = within.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        fields.Add(path, new ShapeField(KindOf(json), nullability.ReadState == NullabilityState.Nullable, isOptional));
        if (json.Kind == JsonTypeInfoKind.Object) AddFields(json, $"{path}.", fields);
        if (json.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary)
            Add(json, json.ElementType!, json.Kind == JsonTypeInfoKind.Enumerable ? $"{path}[]" : $"{path}.*", nullability.GenericTypeArguments[^1], isOptional: false, fields);
    }

    private static string KindOf(JsonTypeInfo json) => json.Kind switch
    {
        JsonTypeInfoKind.Object => "object",
        JsonTypeInfoKind.Enumerable => "list",
        JsonTypeInfoKind.Dictionary => "map",
        _ when json.Type == typeof(string) => "text",
        _ when json.Type == typeof(Guid) => "uuid",
        _ when json.Type == typeof(DateTimeOffset) => "time",
        _ when json.Type == typeof(int) => "integer",
        _ when json.Type == typeof(decimal) => "number",
        _ when json.Type == typeof(bool) => "boolean",
        _ => throw new NotSupportedException($"What is a {json.Type} in JSON? Say so here."),
    };
}
