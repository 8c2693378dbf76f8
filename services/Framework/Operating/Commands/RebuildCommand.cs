using System.CommandLine;
using ServerlessCqrs.Operating.Building;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Streams;
using Spectre.Console;

namespace ServerlessCqrs.Operating.Commands;

/// <summary><c>rebuild MODEL</c>: rebuilds a read model's items from the log while the read model serves.</summary>
internal sealed class RebuildCommand(OperatedSystem system)
{
    private readonly Argument<string> _model = Values.TextOf("MODEL").Argument(
        $"A read model, for example {system.ReadModels.Models[0].Name}. readmodel list names them all."
            + (system.Computed is { } computed ? $" {Joined(computed)} are computed together, with --all." : ""));
    private readonly Option<StreamId?> _stream =
        SystemValues.Stream(system).Option("--stream", "Only the item of this stream.");
    private readonly Option<string?> _category =
        SystemValues.Category(system).Option("--category", "Only the streams of this category.");
    private readonly Option<DateTimeOffset?> _since =
        Values.Time.Option("--since", "Only streams with an event at this time or later. Each is rebuilt completely.");
    private readonly Option<bool> _all = new("--all") { Description = "All streams of the read model." };
    private readonly Option<double?> _rate =
        Values.Rate.Option("--rate", "Write at most this many items a second, to keep the latency of live traffic.");
    private readonly Option<bool> _restart =
        new("--restart") { Description = "Start from the beginning instead of resuming." };

    public Command Create()
    {
        var command = new Command("rebuild", "Writes a read model's items again from the log while it serves readers. It sends no mail and invalidates nothing. Run it again to resume.")
        {
            _model, _stream, _category, _since, _all, _rate, _restart,
        };
        command.Validators.Add(result =>
        {
            var (one, some) = (result.GetResult(_stream) is not null, new Option[] { _all, _category, _since }.Any(option => result.GetResult(option) is not null));
            if (!one && !some) result.AddError("Choose the items with --stream, --category, --since or --all.");
            if (one && some) result.AddError("--stream cannot be combined with --category, --since or --all.");
        });
        return command.OnStack(system, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        if (system.Computed is { } computed && computed.Names.Contains(parsed.GetValue(_model)!))
            return await ComputeAsync(computed, parsed, stack, ct);
        var model = Find(stack, parsed.GetValue(_model)!);
        if (parsed.GetValue(_stream) is { } stream)
        {
            if (model.Of(stream.Category) is null) throw new OperatorException($"{model.Name} does not follow streams of category {stream.Category}.");
            await KnownStream.EnsureAsync(stack, stream, ct);
            return new BuildScreen(AnsiConsole.Console).Show(model, await stack.BuildOf(model).RunAsync(stream, ct));
        }

        return await RunAsync(stack, model, new BuildScope(parsed.GetValue(_category), parsed.GetValue(_since)), parsed.GetValue(_rate), parsed.GetValue(_restart), ct);
    }

    private async Task<int> ComputeAsync(ComputedReadModels computed, ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        if (!parsed.GetValue(_all)) throw new OperatorException($"{Joined(computed)} are computed from {computed.Source}. Use --all.");
        foreach (var line in await computed.ComputeAsync(stack, ct)) Console.WriteLine(line);
        return ExitCodes.Good;
    }

    private static string Joined(ComputedReadModels computed) => string.Join(" and ", computed.Names);

    /// <exception cref="OperatorException">There is no read model with this name.</exception>
    public static ReadModel Find(OperatedStack stack, string name) => stack.Models.Models.FirstOrDefault(model => model.Name == name)
        ?? throw new OperatorException($"Read model {name} not found. The read models are {string.Join(", ", stack.Models.Models.Select(model => model.Name).Concat(stack.System.Computed?.Names ?? []))}.");

    public static async Task<int> RunAsync(OperatedStack stack, ReadModel model, BuildScope scope, double? rate, bool restart, CancellationToken ct)
    {
        EnsureFollowed(model, scope);
        var build = stack.BuildOf(model);
        if (restart) await build.RestartAsync(scope, ct);
        var screen = new BuildScreen(AnsiConsole.Console);
        return screen.Show(model, await screen.RunAsync(progress => build.RunAsync(scope, rate, progress, ct)));
    }

    /// <exception cref="OperatorException">The read model does not follow the scope's category.</exception>
    public static void EnsureFollowed(ReadModel model, BuildScope scope)
    {
        if (scope.Category is { } category && model.Of(category) is null)
            throw new OperatorException($"{model.Name} does not follow streams of category {category}: it follows {string.Join(", ", model.Followers.Select(follower => follower.Category))}.");
    }
}
