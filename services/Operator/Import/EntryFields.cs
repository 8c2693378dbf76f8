using System.Text.RegularExpressions;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>
/// Reads the fields of an entry as typed values. After a fault it returns stand-in values and keeps the first fault
/// with its line. A caller therefore reads all fields and then checks <see cref="Fault"/>. No reason repeats a text of
/// the file, because the text may be personal.
/// </summary>
public sealed partial class EntryFields
{
    private readonly IReadOnlyDictionary<string, (long Line, FileNode Value)> _fields;
    private readonly EntryFields? _owner;
    private readonly long _line;
    private BrokenEntry? _fault;

    /// <param name="known">The names of all allowed fields.</param>
    public EntryFields(FileEntry entry, params IReadOnlyCollection<string> known)
        : this(entry.Node, known, owner: null, entry.Fault)
    {
    }

    private EntryFields(FileNode node, IReadOnlyCollection<string> known, EntryFields? owner, BrokenEntry? fault)
    {
        (_line, _owner, _fault) = (node.Line, owner, fault);
        _fields = (node as FileMap)?.Fields ?? new Dictionary<string, (long, FileNode)>();
        if (node is not FileMap) Fail(node.Line, "it is not a mapping of names to values.");
        foreach (var (name, (line, _)) in _fields)
            if (!known.Contains(name)) Fail(line, $"the field '{name}' is unknown: the fields are {string.Join(", ", known)}.");
    }

    /// <summary>The first fault; null while there is none.</summary>
    public BrokenEntry? Fault => _owner is null ? _fault : _owner.Fault;

    public void Fail(long line, string reason)
    {
        if (_owner is null) _fault ??= new BrokenEntry(line, reason);
        else _owner.Fail(line, reason);
    }

    public void Fail(string field, string reason) => Fail(LineOf(field), reason);

    /// <summary>The line of a field, or of the entry if the field is missing.</summary>
    public long LineOf(string field) => _fields.TryGetValue(field, out var found) ? found.Line : _line;

    /// <summary>Reads a required text.</summary>
    public string Text(string field)
    {
        if (OptionalText(field) is { } text && !string.IsNullOrWhiteSpace(text)) return text;
        Fail(field, $"it has no {field}.");
        return "";
    }

    /// <summary>Reads a text; null if the field is missing or null.</summary>
    public string? OptionalText(string field)
    {
        if (Scalar(field) is not { } scalar) return null;
        if (scalar.IsPlain && TypeOf(scalar.Text) is { } type) Fail(scalar.Line, $"its {field} is {type} to YAML: put it in quotes if it is a text.");
        return scalar.Text;
    }

    /// <summary>Reads a UUID in its canonical form; all zeros is a fault.</summary>
    public Guid Id(string field)
    {
        if (Uuid.TryParse(Text(field), out var id) && id != Guid.Empty) return id;
        Fail(field, $"its {field} is not a UUID in lower case like 6579c22f-be2b-444c-a52b-0116dd82df6c.");
        return id;
    }

    /// <summary>Reads a number in plain decimal digits. YAML 1.1 and 1.2 disagree about other notations.</summary>
    public decimal Number(string field)
    {
        if (Scalar(field) is not { } scalar)
        {
            Fail(field, $"it has no {field}.");
            return 0;
        }

        if (Decimal().IsMatch(scalar.Text) && ExactNumber.TryParse(scalar.Text, out var number)) return number;
        Fail(scalar.Line, $"its {field} is not a number like 129.99: write digits and a point, at most 28 digits.");
        return 0;
    }

    /// <param name="otherwise">The default for a missing field; null if the field is required.</param>
    public int Whole(string field, int? otherwise = null)
    {
        if (otherwise is { } value && Scalar(field) is null) return value;
        var number = Number(field);
        if (number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue) return (int)number;
        Fail(field, $"its {field} is not a whole number like 12.");
        return 0;
    }

    /// <summary>Reads a list of mappings; empty if the field is missing.</summary>
    public IReadOnlyList<EntryFields> List(string field, params IReadOnlyCollection<string> known)
    {
        if (!_fields.TryGetValue(field, out var found) || IsNull(found.Value)) return [];
        if (found.Value is FileList list) return [.. list.Elements.Select(element => new EntryFields(element, known, this, fault: null))];
        Fail(found.Line, $"its {field} is not a list.");
        return [];
    }

    /// <summary>Reads a scalar; null if the field is missing or null. A list or a mapping is a fault.</summary>
    private FileScalar? Scalar(string field)
    {
        if (!_fields.TryGetValue(field, out var found) || IsNull(found.Value)) return null;
        if (found.Value is FileScalar scalar) return scalar;
        Fail(found.Line, $"its {field} is {(found.Value is FileList ? "a list" : "a mapping")}, not a single value.");
        return null;
    }

    private static bool IsNull(FileNode node) => node is FileScalar { IsPlain: true, Text: "" or "~" or "null" or "Null" or "NULL" };

    /// <summary>
    /// The YAML 1.1 or 1.2 type of a plain scalar that is not a text. Source: https://yaml.org/type/ and
    /// https://yaml.org/spec/1.2.2/#103-core-schema
    /// </summary>
    private static string? TypeOf(string plain) =>
        NumberOfYaml().IsMatch(plain) ? "a number"
        : DateOfYaml().IsMatch(plain) ? "a date"
        : BooleanOfYaml().IsMatch(plain) ? "true or false"
        : null;

    [GeneratedRegex(@"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^[-+]?(?:0[bB][01_]+|0[oO][0-7]+|0[xX][0-9A-Fa-f_]+|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF)|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?)\z|^\.(?:nan|NaN|NAN)\z")]
    private static partial Regex NumberOfYaml();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9].*)?\z")]
    private static partial Regex DateOfYaml();

    [GeneratedRegex(@"^(?:true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)\z")]
    private static partial Regex BooleanOfYaml();
}
