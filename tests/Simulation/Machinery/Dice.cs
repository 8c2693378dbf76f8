namespace ServerlessCqrs.Simulation.Machinery;

/// <summary>
/// Every fault comes from the seed. A roll is a hash of the seed, the place and the place's own count. So removing one
/// fault leaves the others unchanged, which allows a failure's list of faults to shrink. The frequency of each kind is
/// drawn per seed, and many kinds get none. A world with one kind of fault finds bugs that a world with every kind
/// hides.
/// </summary>
public sealed class Dice(ulong seed, FaultPlan plan)
{
    // Factors for the usual frequency of a kind of fault at a place.
    private static readonly double[] Intensities = [0, 0, 0.5, 1, 1, 3];

    private readonly Dictionary<string, Place> _places = [];

    /// <summary>False once the world must come to rest.</summary>
    public bool FaultsAreOn { get; set; } = true;

    /// <summary>The faults that happened, in order.</summary>
    public List<string> Happened { get; } = [];

    /// <summary>Rolls a number from 0 to 1 that is not a fault.</summary>
    public double Roll(string place) => At(place).Next();

    public int Roll(string place, int below) => (int)(At(place).Next() * below);

    /// <summary>Returns true if a fault happens here.</summary>
    /// <param name="chance">Its usual frequency.</param>
    public bool Happens(string place, double chance)
    {
        var at = At(place);
        return at.Next() < chance * at.Intensity && FaultsAreOn && Take($"{place}#{at.Count}");
    }

    /// <summary>Returns which of these faults happens at this call. At most one does.</summary>
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

    /// <summary>A place where dice roll. It counts its own rolls, and has its own frequencies per seed.</summary>
    internal sealed class Place(string name, ulong hash)
    {
        private readonly double[] _intensities = [.. Enum.GetValues<Fault>().Select(fault => Intensities[Mix.Of(hash, 0xFA17 + (ulong)fault) % (ulong)Intensities.Length])];

        public string Name => name;

        /// <summary>The number of rolls before the last one.</summary>
        public int Count { get; private set; } = -1;

        public double Intensity => _intensities[0];

        public double IntensityOf(Fault fault) => _intensities[(int)fault];

        /// <summary>Returns the next number from 0 to 1.</summary>
        public double Next() => (Mix.Of(hash, (ulong)++Count) >> 11) * (1.0 / (1UL << 53));
    }
}

/// <summary>The faults of one call to a service.</summary>
public enum Fault
{
    None,

    /// <summary>The call is refused, throttled or lost: an exception, and nothing is done.</summary>
    FailBefore,

    /// <summary>The call is done and its response is lost: an exception.</summary>
    FailAfter,

    /// <summary>
    /// The call takes effect seconds or minutes later. If the caller has given up by then, this is a late write.
    /// </summary>
    Late,

    /// <summary>The client library lost a response and retried: the call is done twice.</summary>
    Twice,

    /// <summary>The caller crashes before the call: nothing is done.</summary>
    KillBefore,

    /// <summary>The caller crashes during the call: it is done.</summary>
    KillAfter,
}

/// <summary>The faults that may happen: all, or only those of a list.</summary>
/// <param name="IsCalm">True if poison is the only fault, so that it alone causes delays.</param>
public sealed record FaultPlan(IReadOnlySet<string>? Only, bool IsCalm = false)
{
    public static FaultPlan All { get; } = new((IReadOnlySet<string>?)null);

    public bool Allows(string fault) => (Only is null || Only.Contains(fault)) && (!IsCalm || fault.StartsWith("poison.", StringComparison.Ordinal));
}
