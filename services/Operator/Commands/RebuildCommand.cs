using System.CommandLine;
using ServerlessCqrs.Operator.Building;
using ServerlessCqrs.Operator.Stacks;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using Spectre.Console;

namespace ServerlessCqrs.Operator.Commands;

/// <summary><c>rebuild MODEL</c>: rebuilds a read model's items from the log while the read model serves.</summary>
internal static class RebuildCommand
{
    /// <summary>The read models that are computed from the whole log. One computation writes both.</summary>
    private static readonly IReadOnlyList<string> Rankings = [ShopTopology.RecommendationsV1.Name, ShopTopology.BestSellersV1.Name];

    private static readonly Argument<string> Model = Values.TextOf("MODEL").Argument($"A read model, for example products-v1. readmodel list names them all. {string.Join(" and ", Rankings)} are computed together, with --all.");
    private static readonly Option<StreamId?> Stream = Values.Stream.Option("--stream", "Only the item of this stream.");
    private static readonly Option<string?> Category = Values.Category.Option("--category", "Only the streams of this category.");
    private static readonly Option<DateTimeOffset?> Since = Values.Time.Option("--since", "Only streams with an event at this time or later. Each is rebuilt completely.");
    private static readonly Option<bool> All = new("--all") { Description = "All streams of the read model." };
    private static readonly Option<double?> Rate = Values.Rate.Option("--rate", "Write at most this many items a second, to keep the latency of live traffic.");
    private static readonly Option<bool> Restart = new("--restart") { Description = "Start from the beginning instead of resuming." };

    public static Command Create()
    {
        var command = new Command("rebuild", "Writes a read model's items again from the log while it serves readers. It sends no mail and invalidates nothing. Run it again to resume.")
        {
            Model, Stream, Category, Since, All, Rate, Restart,
        };
        command.Validators.Add(result =>
        {
            var (one, some) = (result.GetResult(Stream) is not null, new Option[] { All, Category, Since }.Any(option => result.GetResult(option) is not null));
            if (!one && !some) result.AddError("Choose the items with --stream, --category, --since or --all.");
            if (one && some) result.AddError("--stream cannot be combined with --category, --since or --all.");
        });
        return command.OnStack(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ShopStack stack, CancellationToken ct)
    {
        if (Rankings.Contains(parsed.GetValue(Model)!)) return await RankAsync(parsed, stack, ct);
        var model = Find(stack, parsed.GetValue(Model)!);
        if (parsed.GetValue(Stream) is { } stream)
        {
            if (model.Of(stream.Category) is null) throw new OperatorException($"{model.Name} does not follow streams of category {stream.Category}.");
            await KnownStream.EnsureAsync(stack, stream, ct);
            return new BuildScreen(AnsiConsole.Console).Show(model, await stack.BuildOf(model).RunAsync(stream, ct));
        }

        return await RunAsync(stack, model, new BuildScope(parsed.GetValue(Category), parsed.GetValue(Since)), parsed.GetValue(Rate), parsed.GetValue(Restart), ct);
    }

    private static async Task<int> RankAsync(ParseResult parsed, ShopStack stack, CancellationToken ct)
    {
        if (!parsed.GetValue(All)) throw new OperatorException($"{string.Join(" and ", Rankings)} are computed from all orders. Use --all.");
        var report = await stack.Ranker.RankAnewAsync(ct);
        foreach (var (name, (written, removed)) in Rankings.Zip([report.BoughtTogether, report.BestSellers])) Console.Out.WriteLine($"{name}: {written:N0} rankings written, {removed:N0} removed; the others were right");
        return ExitCodes.Good;
    }

    /// <exception cref="OperatorException">There is no read model with this name.</exception>
    public static ReadModel Find(ShopStack stack, string name) => stack.Models.Models.FirstOrDefault(model => model.Name == name)
        ?? throw new OperatorException($"Read model {name} not found. The read models are {string.Join(", ", stack.Models.Models.Select(model => model.Name).Concat(Rankings))}.");

    public static async Task<int> RunAsync(ShopStack stack, ReadModel model, BuildScope scope, double? rate, bool restart, CancellationToken ct)
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
