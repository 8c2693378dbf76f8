using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// A created resource: its template's node at that time, with the names of the resources that it refers to.
/// </summary>
public sealed record Created(
    string Stack,
    string Id,
    string Type,
    string Name,
    JsonObject Node,
    JsonObject Properties)
{
    /// <summary>Whether CloudFormation keeps it when it is removed from its stack.</summary>
    public bool IsKept => Node["DeletionPolicy"]?.ToString() == "Retain";

    /// <summary>Whether the instance runs; an operator can stop it.</summary>
    public bool IsRunning { get; init; } = true;

    /// <summary>
    /// Whether an attached volume is mounted. It is if its instance's script has reported success, or if nothing waits
    /// for the script.
    /// </summary>
    public bool IsMounted { get; init; }

    /// <summary>Increases with each change in place, as a launch template's version does.</summary>
    public int Version { get; init; } = 1;
}

/// <summary>
/// The contents of an account: stacks with their resources and exports, and the resources that deleted stacks left.
/// </summary>
public sealed class Account
{
    private readonly Dictionary<string, Dictionary<string, Created>> _stacks;
    private readonly Dictionary<string, Dictionary<string, string>> _exports;
    private readonly Dictionary<string, HashSet<string>> _imports;
    private readonly HashSet<string> _emptied;

    public Account() => (_stacks, _exports, _imports, _emptied) = ([], [], [], []);

    private Account(Account other)
    {
        _stacks = other._stacks.ToDictionary(stack => stack.Key, stack => new Dictionary<string, Created>(stack.Value));
        _exports = other._exports.ToDictionary(stack => stack.Key, stack =>
            new Dictionary<string, string>(stack.Value));
        _imports = other._imports.ToDictionary(stack => stack.Key, stack => new HashSet<string>(stack.Value));
        _emptied = [.. other._emptied];
    }

    public IEnumerable<Created> All => _stacks.Values.SelectMany(stack => stack.Values);

    public Account Copy() => new(this);

    /// <summary>Returns the account without the stack's resources that do not match.</summary>
    public Account Only(string stack, Func<Created, bool> among)
    {
        var view = Copy();
        foreach (var resource in view.In(stack).Values.Where(one => !among(one))
            .ToList()) view.Remove(stack, resource.Id);
        return view;
    }

    public IReadOnlyDictionary<string, Created> In(string stack) => _stacks.GetValueOrDefault(stack) ?? [];

    public bool Has(string stack) => _stacks.ContainsKey(stack);

    public void Put(Created resource)
    {
        if (!_stacks.TryGetValue(resource.Stack, out var stack)) _stacks[resource.Stack] = stack = [];
        stack[resource.Id] = resource;
    }

    public void Remove(string stack, string id) => _stacks[stack].Remove(id);

    public void RemoveStack(string stack)
    {
        _stacks.Remove(stack);
        _exports.Remove(stack);
        _imports.Remove(stack);
    }

    public string? Exported(string name) => _exports.Values.Select(exports => exports.GetValueOrDefault(name))
        .FirstOrDefault(value => value is not null);

    public IReadOnlyDictionary<string, string> ExportsOf(string stack) => _exports.GetValueOrDefault(stack) ?? [];

    public IEnumerable<string> ImportersOf(string export) => _imports.Where(stack => stack.Value.Contains(export))
        .Select(stack => stack.Key);

    public void Share(string stack, Dictionary<string, string> exports, IEnumerable<string> imports) =>
        (_exports[stack], _imports[stack]) = (exports, [.. imports]);

    public void Empty(string bucket) => _emptied.Add(bucket);

    public bool IsEmptied(string bucket) => _emptied.Contains(bucket);
}
