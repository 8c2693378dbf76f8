using System.CommandLine;
using ServerlessCqrs.Operating.Building;
using ServerlessCqrs.Operating.Routing;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Routing;

namespace ServerlessCqrs.Operating.Commands;

/// <summary><c>readmodel list | build | compare | route | retire</c>: the life of a read model's version beside another.</summary>
internal sealed class ReadModelCommand(OperatedSystem system)
{
    private readonly Argument<string> _name =
        Values.TextOf("NAME").Argument($"For example {system.ReadModels.Models[0].Family}.");
    private readonly Argument<string> _version =
        Values.TextOf("VERSION").Argument($"For example {NewestVersionOf(system)}.");
    private readonly Option<string?> _category =
        SystemValues.Category(system).Option("--category", "Only the streams of this category.");
    private readonly Option<DateTimeOffset?> _since =
        Values.Time.Option("--since", "Only streams with an event at this time or later.");
    private readonly Option<double?> _rate = Values.Rate.Option("--rate", "Write at most this many items a second.");
    private readonly Option<bool> _restart =
        new("--restart") { Description = "Start from the beginning instead of resuming." };
    private readonly Option<string?> _with =
        Values.TextOf("VERSION").Option("--with", "Also show the differences from this version.");
    private readonly Option<int> _percent = Values.Whole("P", 0, ReadModelRoute.Buckets).Option(
        "--percent",
        "How many of the 100 buckets of segments get this version, lowest first. So 20 includes all segments of 10. With 100, everybody gets it.",
        otherwise: 0);
    private readonly Option<string[]> _segment = Values.Segment.Repeated(
        "--segment",
        "A segment that gets this version at any percentage. Repeat the option for several. The edge knows only the 100 buckets, so all segments of its bucket get it too.");

    public Command Create() => new("readmodel", "Builds, compares, routes and retires versions of read models.")
    {
        new Command("list", "Lists all read models: state, streams, and readers.").OnStack(system, ListAsync),
        new Command("build", "Wakes a version, so that it gets new events, and fills it from the log. Run it again to resume. It sends no mail and invalidates nothing.") { _name, _version, _category, _since, _rate, _restart }.OnStack(system, BuildAsync),
        new Command("compare", "Compares every item with the fold of its stream. Exits with 1 if one differs.") { _name, _version, _with }.OnStack(system, CompareAsync),
        CreateRoute(),
        new Command("retire", "Deletes a version's items and puts it to sleep. Refused while the version has readers. To undo: build it, then readmodel route back NAME.") { _name, _version }.OnStack(system, RetireAsync),
    };

    private static string NewestVersionOf(OperatedSystem system) =>
        system.ReadModels.VersionsOf(system.ReadModels.Models[0].Family)[^1].Name.Split('-')[^1];

    private Command CreateRoute()
    {
        var route = new Command(
            "route",
            "Routes some or all readers to a built version. "
                + $"Assignment is sticky per segment, which clients name in {system.Topology.Edge.SegmentHeader}. "
                + "Requests without a segment get the first version until --percent is 100. "
                + "Each call replaces the previous routing. "
                + $"It takes effect within 2 seconds{(system.EdgeCopies is { } copies ? $"; {copies}" : "")}.")
        {
            _name, _version, _percent, _segment,
        }.OnStack(system, RouteAsync);
        route.Add(new Command("back", "Routes all readers back to the first version. The other version keeps getting events.") { _name }.OnStack(system, BackAsync));
        return route;
    }

    private ReadModel Find(ParseResult parsed, OperatedStack stack) => RebuildCommand.Find(stack, $"{parsed.GetValue(_name)}-{parsed.GetValue(_version)}");

    private static async Task<int> ListAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var alive = (await stack.Live.NowAsync(ct)).Models;
        var answers = await stack.RouteDesk.ListAsync(ct);
        foreach (var model in stack.Models.Models)
            Console.WriteLine($"{model.Name}  {(alive.Contains(model) ? "alive" : "asleep")}  follows {string.Join(", ", model.Followers.Select(follower => follower.Category))}{(answers.TryGetValue(model, out var whom) ? $"  answers {whom}" : "")}");
        return ExitCodes.Good;
    }

    private async Task<int> BuildAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var model = Find(parsed, stack);
        var scope = new BuildScope(parsed.GetValue(_category), parsed.GetValue(_since));
        // Checked before the version wakes: a command that is refused leaves everything as it was.
        RebuildCommand.EnsureFollowed(model, scope);
        if (await LifeOf(stack).WakeAsync(model, ct)) Console.WriteLine($"{model.Name} is awake: events flow into it");
        return await RebuildCommand.RunAsync(stack, model, scope, parsed.GetValue(_rate), parsed.GetValue(_restart), ct);
    }

    private async Task<int> CompareAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var model = Find(parsed, stack);
        var beside = parsed.GetValue(_with) is { } version ? RebuildCommand.Find(stack, $"{parsed.GetValue(_name)}-{version}") : null;
        var report = await new ReadModelComparison(model, beside, stack.History, stack.Streams, TimeProvider.System).RunAsync(_ => { }, ct);
        foreach (var line in Tell(model, beside, report)) Console.WriteLine(line);
        return report.IsClean ? ExitCodes.Good : ExitCodes.NotGood;
    }

    public static IEnumerable<string> Tell(ReadModel model, ReadModel? beside, ComparisonReport report)
    {
        foreach (var (stream, text) in report.First) yield return $"  {stream}: {text}";
        foreach (var (change, items) in report.BesideIt) yield return $"  {change}, in {items:N0} items, than in {beside!.Name}";
        yield return $"{model.Name}: {report.Items:N0} items, {report.Differing:N0} are not the fold of their streams, {report.Missing:N0} are missing, {report.OnTheWay:N0} were on their way: {(report.IsClean ? "clean" : "not clean")}";
    }

    private async Task<int> RetireAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var model = Find(parsed, stack);
        var items = await LifeOf(stack).RetireAsync(model, ct);
        Console.WriteLine($"{model.Name} is asleep, and its {items:N0} items are gone");
        return ExitCodes.Good;
    }

    private async Task<int> RouteAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        if (parsed.GetResult(_segment) is null && parsed.GetValue(_percent) == 0)
            throw new OperatorException($"No reader would get it. Give --percent or --segment. To end a route, use readmodel route back {parsed.GetValue(_name)}.");
        var route = await stack.RouteDesk.RouteAsync(parsed.GetValue(_name)!, parsed.GetValue(_version)!, parsed.GetValue(_percent), parsed.GetValue(_segment) ?? [], ct);
        Console.WriteLine($"{route.Model} answers {route}: everywhere within {CurrentRoutes.Fresh.TotalSeconds} s, except for copies at the edge");
        return ExitCodes.Good;
    }

    private async Task<int> BackAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var (name, ended) = (parsed.GetValue(_name)!, await stack.RouteDesk.BackAsync(parsed.GetValue(_name)!, ct));
        Console.WriteLine(ended is null ? $"{name} is answered by its first version already" : $"{ended.Model} answers nobody: everywhere within {CurrentRoutes.Fresh.TotalSeconds} s, except for copies at the edge");
        return ExitCodes.Good;
    }

    private static ReadModelLife LifeOf(OperatedStack stack) => new(stack, TimeProvider.System);
}
