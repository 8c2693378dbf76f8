using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Accounts.Specs;

public interface IToyCommand : ICommand;

public interface IToyEvent : IEvent;

[WireName("PaintToy", 1)]
public sealed record PaintToy(string Colour) : IToyCommand
{
    public IEnumerable<Violation> Check() => ToyLimits.Check(this);
}

[WireName("WashToy", 1)]
public sealed record WashToy : IToyCommand
{
    public IEnumerable<Violation> Check() => ToyLimits.Check(this);
}

[WireName("ToyPainted", 1)]
public sealed record ToyPainted(string Colour) : IToyEvent;

[WireName("ToyWashed", 1)]
public sealed record ToyWashed : IToyEvent;

public sealed record ToyState(string? Colour);

public static class ToyLimits
{
    public static readonly Refusal ColourInvalid = Refusal.Rule("colour_invalid");

    public static IEnumerable<Violation> Check(IToyCommand command) => command switch
    {
        PaintToy paint => Violation.Unless(paint.Colour.Length > 0, "colour", ColourInvalid, "A colour has a name."),
        WashToy => [],
        _ => throw new InvalidOperationException($"There are no limits for {command.GetType()}."),
    };
}

/// <summary>A decider that lacks nothing. The two below forget something.</summary>
public class ToyDecider(ShapeVersion shape) : Decider<ToyState, IToyCommand, IToyEvent>(
    Category,
    shape,
    new ToyState(Colour: null),
    ToyJson.Default.ToyState)
{
    public new const string Category = "toy";

    public const string Print = "9XyWYM4jOnM";

    public ToyDecider()
        : this(new ShapeVersion(1, Print))
    {
    }

    public override bool Creates(ICommand command) => command is PaintToy;

    public override Decision Decide(ToyState state, IToyCommand command, CommandContext context) => command switch
    {
        PaintToy paint => Decision.Accept(new ToyPainted(paint.Colour)),
        WashToy => Wash(state),
        _ => throw new InvalidOperationException($"A toy does not know {command.GetType()}."),
    };

    private static Decision Wash(ToyState state) => state.Colour is null ? Decision.Unchanged : Decision.Accept(new ToyWashed());

    public override ToyState Evolve(ToyState state, IToyEvent @event) => @event switch
    {
        ToyPainted painted => new ToyState(painted.Colour),
        ToyWashed => new ToyState(Colour: null),
        _ => throw new InvalidOperationException($"A toy does not know {@event.GetType()}."),
    };
}

public sealed class ToyThatIsNeverWashed : ToyDecider
{
    public override Decision Decide(ToyState state, IToyCommand command, CommandContext context) => command switch
    {
        PaintToy paint => Decision.Accept(new ToyPainted(paint.Colour)),
        _ => throw new InvalidOperationException($"A toy does not know {command.GetType()}."),
    };
}

public sealed class ToyThatStaysDirty : ToyDecider
{
    public override ToyState Evolve(ToyState state, IToyEvent @event) => @event switch
    {
        ToyPainted painted => new ToyState(painted.Colour),
        _ => throw new InvalidOperationException($"A toy does not know {@event.GetType()}."),
    };
}

/// <summary>Routes that send one of two commands.</summary>
public static class ToyRoutes
{
    public static ICommand Paint(string colour) => new PaintToy(colour);
}

public interface IBoxCommand : ICommand;

public interface IBoxEvent : IEvent;

/// <summary>A command whose limits were forgotten.</summary>
[WireName("OpenBox", 1)]
public sealed record OpenBox : IBoxCommand
{
    public IEnumerable<Violation> Check() => BoxLimits.Check(this);
}

public sealed record BoxState(bool IsOpen);

public static class BoxLimits
{
    public static IEnumerable<Violation> Check(IBoxCommand command) => throw new InvalidOperationException($"There are no limits for {command.GetType()}.");
}

public sealed class BoxDecider() : Decider<BoxState, IBoxCommand, IBoxEvent>(
    "box",
    new(1, "JFXifV6ZJzE"),
    new BoxState(IsOpen: false),
    ToyJson.Default.BoxState)
{
    public override bool Creates(ICommand command) => true;

    public override Decision Decide(BoxState state, IBoxCommand command, CommandContext context) =>
        command is OpenBox ? Decision.Unchanged : throw new InvalidOperationException($"A box does not know {command.GetType()}.");

    public override BoxState Evolve(BoxState state, IBoxEvent @event) => state;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PaintToy))]
[JsonSerializable(typeof(WashToy))]
[JsonSerializable(typeof(OpenBox))]
[JsonSerializable(typeof(ToyPainted))]
[JsonSerializable(typeof(ToyWashed))]
[JsonSerializable(typeof(ToyState))]
[JsonSerializable(typeof(BoxState))]
[JsonSerializable(typeof(ToyDocument))]
internal sealed partial class ToyJson : JsonSerializerContext;
