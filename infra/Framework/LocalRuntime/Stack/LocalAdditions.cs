using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.LocalRuntime.Identity;
using ServerlessCqrs.LocalRuntime.Resources;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>What a system adds to its local stack.</summary>
public sealed record LocalAdditions
{
    /// <summary>Accounts with a button on the sign-in page.</summary>
    public IReadOnlyList<SignInAccount> Accounts { get; init; } = [];

    /// <summary>Files for the data folder that the printed commands use: name and content.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Commands to try, for a shell in 80 columns, from the edge's URL and the data folder with a slash at its end.</summary>
    public Func<Uri, string, string> Commands { get; init; } = (_, _) => "";

    /// <summary>What <c>--demo</c> runs beside the stack; null where there is no demo.</summary>
    public LocalDemo? Demo { get; init; }

    /// <summary>The operator's project, from the repository's root, whose <c>console</c> shows the stack; null for none.</summary>
    public string? Operator { get; init; }

    /// <summary>Makes the followers' catch-up; null where no follower needs one.</summary>
    public Func<LocalStores, ICatchUp>? CatchUp { get; init; }
}

/// <summary>Hints followers to what they may have missed. Queues here live in memory and forget on a restart; SQS on AWS does not.</summary>
public interface ICatchUp
{
    /// <summary>Runs when the stack starts, and after each restart of the queues.</summary>
    Task RunAsync(IReadOnlyDictionary<string, CreatedQueue> queues, CancellationToken ct);
}

/// <summary>A program that uses the stack, so that there is something to see.</summary>
/// <param name="Project">Its folder, from the repository's root.</param>
/// <param name="Arguments">From the data folder.</param>
public sealed record LocalDemo(
    string Project,
    Func<string, IReadOnlyList<string>> Arguments);

/// <summary>The stores of a local stack.</summary>
/// <param name="Log">The system's database on ClickHouse.</param>
public sealed record LocalStores(
    AwsClients Aws,
    ClickHouseOptions Log,
    ILogger Logger);
