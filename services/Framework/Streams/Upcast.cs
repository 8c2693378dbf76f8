namespace ServerlessCqrs.Streams;

/// <summary>One step from a message of an older version to the next version of the same name; pure. What the older one did not know is null in the newer one, never made up.</summary>
public abstract class Upcast(Type from, Type to)
{
    public Type From => from;

    public Type To => to;

    internal abstract object Apply(object old);
}

/// <inheritdoc/>
public sealed class Upcast<TOld, TNew>(Func<TOld, TNew> next) : Upcast(typeof(TOld), typeof(TNew))
    where TOld : class
    where TNew : class
{
    internal override object Apply(object old) => next((TOld)old);
}
