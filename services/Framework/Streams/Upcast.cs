namespace ServerlessCqrs.Streams;

/// <summary>
/// Converts a message to the next version of the same name, without side effects. What the older version did not
/// contain becomes null, never an invented value.
/// </summary>
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
