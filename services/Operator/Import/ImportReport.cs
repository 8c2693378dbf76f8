using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Operator.Import;

/// <summary>The result of an import, updated while it runs.</summary>
public sealed class ImportReport
{
    private const int ExamplesPerCode = 3;

    private readonly SortedDictionary<string, (int Count, List<string> Examples)> _refused = new(StringComparer.Ordinal);

    /// <summary>The number of commands that this run sent.</summary>
    public int Sent { get; internal set; }

    /// <summary>The number of streams that this run created or changed.</summary>
    public int Applied { get; private set; }

    /// <summary>The number of entries that the shop already had.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Refusals by code, with the first examples.</summary>
    public IReadOnlyDictionary<string, (int Count, List<string> Examples)> Refused => _refused;

    public bool AllThere => _refused.Count == 0;

    /// <param name="here">Whether this run sent the command.</param>
    internal void Add(CommandRecord command, Ending ending, bool here)
    {
        switch (ending.Status)
        {
            case CommandStatus.Applied when here:
                Applied++;
                break;
            case CommandStatus.Refused:
                Refuse(ending.Code ?? "unknown", $"{NameOf(command)}{(ending.Reason is null ? "" : $": {ending.Reason}")}");
                break;
            default:
                Unchanged++;
                break;
        }
    }

    private static string NameOf(CommandRecord command) => command.Command is CreateProduct product ? $"{product.Name} ({command.Stream})" : command.Stream.ToString();

    private void Refuse(string code, string example)
    {
        var (count, examples) = _refused.GetValueOrDefault(code, (0, []));
        if (examples.Count < ExamplesPerCode) examples.Add(example);
        _refused[code] = (count + 1, examples);
    }
}
