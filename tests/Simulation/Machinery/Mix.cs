
namespace ServerlessCqrs.Simulation.Machinery;

/// <summary>Hashes that are the same in every process, unlike <c>string.GetHashCode</c>.</summary>
public static class Mix
{
    /// <summary>SplitMix64's finalizer over two words (Steele, Lea and Flood, 2014).</summary>
    public static ulong Of(ulong left, ulong right)
    {
        var z = unchecked(left + 0x9E3779B97F4A7C15UL * (right + 1));
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    public static ulong Of(ReadOnlySpan<char> text, ulong hash = 0xCBF29CE484222325UL)
    {
        foreach (var c in text) hash = unchecked((hash ^ c) * 0x100000001B3UL);
        return hash;
    }

    /// <summary>Creates a UUID from two words.</summary>
    public static Guid Uuid(ulong seed, ulong number) => new((int)(uint)seed, (short)number, (short)(Of(seed, number) & 0x0FFF | 0x4000), [0x80, 0, 0, 0, 0, 0, (byte)(number >> 8), (byte)number]);
}
