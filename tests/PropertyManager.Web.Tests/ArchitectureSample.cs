// A house whose room One uses room Two in every way there is, for the self-test of ArchitectureTests.
#pragma warning disable // it is made to be looked at, not to be run

namespace PropertyManager.Web.Tests.Sample.Two
{
    public class Thing
    {
        public static int Make() => 1;

        public static int Field = 1;

        public class Inner
        {
            public static int Field = 1;
        }
    }

    public interface IThing;

    public sealed class ThingException : Exception;

    public sealed class ThingAttribute : Attribute;
}

namespace PropertyManager.Web.Tests.Sample.One
{
    using PropertyManager.Web.Tests.Sample.Two;

    public class KeepsToItself
    {
        public static KeepsToItself Make() => new();
    }

    public class TypeAttribute(Type type) : Attribute
    {
        public Type Type { get; } = type;
    }

    public class Inherits : Thing;

    public class Implements : IThing;

    public class HasField
    {
        private Thing _thing;
    }

    public class TakesIt
    {
        public void Take(ref Thing thing) { }
    }

    public class ReturnsListOfArrays
    {
        public List<Thing[]> All() => null!;
    }

    public class Constrains<T>
        where T : Thing;

    [Thing]
    public class IsMarked;

    [Type(typeof(Thing))]
    public class IsMarkedWithType;

    public class CallsStatic
    {
        public int Call(int choice) =>
            choice switch
            {
                0 => 5,
                1 => 9,
                2 => 4,
                3 => Thing.Make(),
                _ => 0,
            };
    }

    public class CallsInLambda
    {
        public Func<int, int> Call() => number => number + Thing.Make();
    }

    public class CallsWhileAwaiting
    {
        public async Task<int> CallAsync()
        {
            await Task.Yield();
            return Thing.Make();
        }
    }

    public class ReadsNestedField
    {
        public int Read() => Thing.Inner.Field;
    }

    public class CallsGenericMethod
    {
        public object Call() => Array.Empty<Thing>();
    }

    public class CreatesGeneric
    {
        public object Create() => new Dictionary<string, List<Thing>>();
    }

    public class HasLocal
    {
        public void Hold()
        {
            Thing thing = null!;
            GC.KeepAlive(thing);
        }
    }

    public class Catches
    {
        public void Try()
        {
            try
            {
                GC.Collect();
            }
            catch (ThingException) { }
        }
    }

    public class TestsType
    {
        public bool Test(object value) => value is Thing;
    }
}
