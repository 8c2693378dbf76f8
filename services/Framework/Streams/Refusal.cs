using System.Collections.Frozen;
using System.Reflection;

namespace ServerlessCqrs.Streams;

/// <summary>What kind of obstacle a refusal names. The HTTP service has one status for each kind.</summary>
public enum RefusalKind
{
    /// <summary>A rule or a limit of the domain is broken.</summary>
    Rule,

    /// <summary>The actor may not do this. No other command of the stream can change that.</summary>
    Forbidden,

    /// <summary>The subject of the command does not exist.</summary>
    NotFound,

    /// <summary>Something else has the id or the place already.</summary>
    Conflict,

    /// <summary>The subject of the command existed and was deleted.</summary>
    Gone,

    /// <summary>The client saw another version of the stream.</summary>
    Stale,

    /// <summary>The code failed: the client did nothing wrong.</summary>
    Fault,
}

/// <summary>
/// Why commands are refused: a kind and a code. Code is stable snake_case: clients switch on it, and tips, log and events
/// store it alone. A domain declares each refusal once, in a static field, and lists it in <see cref="Domain.Refusals"/>.
/// </summary>
public sealed record Refusal
{
    private Refusal(RefusalKind kind, string code) => (Kind, Code) = (kind, code);

    public RefusalKind Kind { get; }

    public string Code { get; }

    /// <inheritdoc cref="RefusalKind.Rule"/>
    public static Refusal Rule(string code) => new(RefusalKind.Rule, code);

    /// <inheritdoc cref="RefusalKind.Forbidden"/>
    public static Refusal Forbidden(string code) => new(RefusalKind.Forbidden, code);

    /// <inheritdoc cref="RefusalKind.NotFound"/>
    public static Refusal NotFound(string code) => new(RefusalKind.NotFound, code);

    /// <inheritdoc cref="RefusalKind.Conflict"/>
    public static Refusal Conflict(string code) => new(RefusalKind.Conflict, code);

    /// <inheritdoc cref="RefusalKind.Gone"/>
    public static Refusal Gone(string code) => new(RefusalKind.Gone, code);

    /// <inheritdoc cref="RefusalKind.Stale"/>
    internal static Refusal Stale(string code) => new(RefusalKind.Stale, code);

    /// <inheritdoc cref="RefusalKind.Fault"/>
    internal static Refusal Fault(string code) => new(RefusalKind.Fault, code);

    /// <summary>A refusal is stored as its code.</summary>
    public static implicit operator string(Refusal refusal) => refusal.Code;

    /// <summary>Returns all refusals that are public static fields of these classes.</summary>
    public static IReadOnlyList<Refusal> DeclaredIn(params IReadOnlyList<Type> classes) =>
    [
        .. classes.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => field.GetValue(null))
            .OfType<Refusal>(),
    ];

    public override string ToString() => Code;

    /// <exception cref="InvalidOperationException">One code is declared with two kinds.</exception>
    internal static FrozenDictionary<string, Refusal> ByCode(IEnumerable<Refusal> refusals)
    {
        Dictionary<string, Refusal> byCode = [];
        foreach (var refusal in refusals)
            if (!byCode.TryAdd(refusal.Code, refusal) && byCode[refusal.Code] != refusal)
                throw new InvalidOperationException(
                    $"The refusal '{refusal.Code}' is declared as {byCode[refusal.Code].Kind} and as {refusal.Kind}. Declare one kind.");
        return byCode.ToFrozenDictionary();
    }
}
