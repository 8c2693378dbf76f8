namespace ServerlessCqrs.Web.Degradation;

/// <summary>A dependency failed, was too slow, or is currently not called because it failed before.</summary>
public sealed class DependencyAwayException(string dependency, Exception? inner) : Exception($"{dependency} cannot be reached.", inner)
{
    public string Dependency { get; } = dependency;
}
