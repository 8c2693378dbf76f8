namespace ServerlessCqrs.Simulation.Machinery;

/// <summary>
/// Every piece of bad luck, from the seed. A roll is a hash of seed, place and the place's own count, so that taking one fault away leaves the others where they were: that is what makes a failure's fault list shrink.
/// How often each kind happens is drawn anew for each seed, many kinds not at all: a world with one kind of trouble finds what a world with every kind hides.
/// </summary>
public sealed class Dice(ulong seed, FaultPlan plan)
{
    // Multiplies the usual frequency of a kind of fault at a place.
    private static readonly double[] Intensities = [0, 0, 0.5, 1, 1, 3];

    private readonly Dictionary<string, Place> _places = [];

    /// <summary>Cleared once the world is to come to rest.</summary>
    public bool FaultsAreOn { get; set; } = true;

    /// <summary>The faults that happened, in order.</summary>
    public List<string> Happened { get; } = [];

    /// <summary>A roll that is no fault: 0 up to 1.</summary>
    public double Roll(string place) => At(place).Next();

    public int Roll(string place, int below) => (int)(At(place).Next() * below);

    /// <summary>Whether a fault happens here.</summary>
    /// <param name="chance">Its usual frequency.</param>
    public bool Happens(string place, double chance)
    {
        var at = At(place);
        return at.Next() < chance * at.Intensity && FaultsAreOn && Take($"{place}#{at.Count}");
    }

    /// <summary>Which of these faults happens at this call, if any. At most one.</summary>
    internal Fault FaultOf(Place place, IReadOnlyList<(Fault Fault, double Chance)> faults)
    {
        var roll = place.Next();
        if (!FaultsAreOn) return Fault.None;
        foreach (var (fault, chance) in faults)
        {
            var weighed = chance * place.IntensityOf(fault);
            if (roll < weighed) return Take($"{place.Name}:{fault}#{place.Count}") ? fault : Fault.None;
            roll -= weighed;
        }

        return Fault.None;
    }

    internal Place At(string name)
    {
        if (!_places.TryGetValue(name, out var place)) _places.Add(name, place = new Place(name, Mix.Of(seed, Mix.Of(name))));
        return place;
    }

    private bool Take(string fault)
    {
        if (!plan.Allows(fault)) return false;
        Happened.Add(fault);
        return true;
    }

    /// <summary>Where dice fall: counts its own rolls, and has its own intensities in each seed.</summary>
    internal sealed class Place(string name, ulong hash)
    {
        private readonly double[] _intensities = [.. Enum.GetValues<Fault>().Select(fault => Intensities[Mix.Of(hash, 0xFA17 + (ulong)fault) % (ulong)Intensities.Length])];

        public string Name => name;

        /// <summary>How many rolls there were before the last one.</summary>
        public int Count { get; private set; } = -1;

        public double Intensity => _intensities[0];

        public double IntensityOf(Fault fault) => _intensities[(int)fault];

        /// <summary>0 up to 1.</summary>
        public double Next() => (Mix.Of(hash, (ulong)++Count) >> 11) * (1.0 / (1UL << 53));
    }
}

/// <summary>What can go wrong with one call to a service.</summary>
public enum Fault
{
    None,

    /// <summary>Refused, throttled or never arrived: an exception, and nothing done.</summary>
    FailBefore,

    /// <summary>Done, and the answer lost: an exception.</summary>
    FailAfter,

    /// <summary>Takes effect seconds or minutes later: whoever has given up by then has left a late write.</summary>
    Late,

    /// <summary>The client library lost an answer and asked again by itself: done twice.</summary>
    Twice,

    /// <summary>The caller dies as it calls; nothing is done.</summary>
    KillBefore,

    /// <summary>The caller dies with the request under way; it is done.</summary>
    KillAfter,
}

/// <summary>Which faults may happen: all of them, or only those of a list.</summary>
/// <param name="IsCalm">Whether nothing goes wrong but poison: then what is delayed is delayed by it.</param>
public sealed record FaultPlan(IReadOnlySet<string>? Only, bool IsCalm = false)
{
    public static FaultPlan All { get; } = new((IReadOnlySet<string>?)null);

    public bool Allows(string fault) => (Only is null || Only.Contains(fault)) && (!IsCalm || fault.StartsWith("poison.", StringComparison.Ordinal));
}
